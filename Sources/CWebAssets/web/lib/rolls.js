// The rolls a page shows: state and what changes it. No DOM.

/** Rolls kept before the list is taken afresh from the server. */
export const rollsMax = 500;

/** `standing` holds for each roll the journal row that last changed its state, so that late news changes nothing. */
export const noRolls = { items: [], next: null, changedBy: {} };

/** The state after a snapshot: the newest page. */
export function snapshot({ items, next = null }) {
  return { items, next, changedBy: {} };
}

/** The state with an older page behind it. Rolls that are there already stay as they are. */
export function withPage(state, { items, next = null }) {
  const known = new Set(state.items.map(roll => roll.id));
  return { ...state, items: [...state.items, ...items.filter(roll => !known.has(roll.id))], next };
}

/** The state with a roll that was just made, in its place by journal row. */
export function withRoll(state, roll) {
  if (state.items.some(known => known.id === roll.id)) return state;
  const at = state.items.findIndex(known => known.journal < roll.journal);
  const items = [...state.items];
  items.splice(at < 0 ? items.length : at, 0, roll);
  return { ...state, items };
}

/** The state after journal row `journal` withdrew or restored a roll. */
export function withState(state, { id, journal }, word) {
  if (journal <= (state.changedBy[id] ?? 0)) return state;
  return {
    ...state,
    items: state.items.map(roll => roll.id === id ? { ...roll, state: word } : roll),
    changedBy: { ...state.changedBy, [id]: journal },
  };
}

/** The state after an event of the topic `rolls`. */
export function reduce(state, { type, payload }) {
  switch (type) {
    case 'roll.made': return withRoll(state, payload.roll);
    case 'roll.withdrawn': return withState(state, payload, 'withdrawn');
    case 'roll.restored': return withState(state, payload, 'standing');
    default: return state;
  }
}

/** The newest roll that stands. */
export function newestStanding(state) {
  return state.items.find(roll => roll.state === 'standing') ?? null;
}
