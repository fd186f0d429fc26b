// The journal rows a page shows: state and what changes it. No DOM.

/** Rows kept before the list is taken afresh from the server. */
export const rowsMax = 1000;

export const noRows = { items: [], next: null };

export function snapshot({ items, next = null }) {
  return { items, next };
}

export function withPage(state, { items, next = null }) {
  const known = new Set(state.items.map(row => row.number));
  return { ...state, items: [...state.items, ...items.filter(row => !known.has(row.number))], next };
}

/**
 * The state with a new row. A row that undoes another marks it; when the undone row had itself undone one, that stands
 * again.
 */
export function withRow(state, row) {
  if (state.items.some(known => known.number === row.number)) return state;
  const at = state.items.findIndex(known => known.number < row.number);
  const items = [...state.items];
  items.splice(at < 0 ? items.length : at, 0, row);
  return { ...state, items: items.map(known => afterwards(known, row, state.items)) };
}

export function reduce(state, { type, payload }) {
  return type === 'journal.appended' ? withRow(state, payload.summary) : state;
}

function afterwards(known, row, before) {
  const undoes = row.undoes ?? null;
  if (undoes === null) return known;
  if (known.number === undoes) return { ...known, state: 'undone', undoable: false, undoneBy: row.number };
  const redone = before.find(other => other.number === undoes)?.undoes ?? null;
  if (known.number === redone) return { ...known, state: 'standing', undoable: true, undoneBy: null };
  return known;
}
