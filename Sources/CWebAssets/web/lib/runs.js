// The turns of a campaign, oldest first: state and what changes it. No DOM.

/** Turns kept before the list is taken afresh from the server. */
export const runsMax = 200;

export const noRuns = { items: [], next: null };

/** The state after a snapshot: the newest page, which the server sends newest first. */
export function snapshot({ items, next = null }) {
  return { items: inOrder(items), next };
}

/** The state with an older page before it. */
export function withPage(state, { items, next = null }) {
  const known = new Set(state.items.map(run => run.id));
  return { items: inOrder([...items.filter(run => !known.has(run.id)), ...state.items]), next };
}

/** The state with a turn as an event tells it: events come in order, so the last word counts. */
export function withRun(state, run) {
  const known = state.items.find(one => one.id === run.id);
  if (!known) return { ...state, items: inOrder([...state.items, run]) };
  const isToldOn = run.stage === 'narrating' && known.stage === 'narrating' && run.draft == null;
  const next = isToldOn ? { ...run, draft: known.draft } : run;
  return { ...state, items: state.items.map(one => one === known ? next : one) };
}

/** The state with a turn as the answer to a request tells it. What events said of it meanwhile is later news. */
export function withNewRun(state, run) {
  return state.items.some(one => one.id === run.id) ? state : withRun(state, run);
}

/**
 * The state with a piece more of a turn's story, `from` where in it (UTF-16). A piece that begins earlier replaces what
 * was there from that place on. Null when something between is missing: the snapshot has to be taken again.
 */
export function withTold(state, { run: id, from, text }) {
  const run = state.items.find(one => one.id === id);
  if (!run) return state;
  const draft = run.draft ?? '';
  if (from > draft.length) return null;
  const told = { ...run, draft: draft.slice(0, from) + text };
  return { ...state, items: state.items.map(one => one === run ? told : one) };
}

/** The state after an event of the campaign's topic; null when the snapshot has to be taken again. */
export function reduce(state, { type, payload }) {
  switch (type) {
    case 'run.changed': return withRun(state, payload.run);
    case 'run.told': return withTold(state, payload);
    default: return state;
  }
}

/** The turn under way, or null. */
export function running(state) {
  return state.items.findLast(run => run.stage != null) ?? null;
}

/** The newest turn that can be taken back, or null. */
export function newestUndoable(state) {
  return state.items.findLast(isUndoable) ?? null;
}

/** Whether something that a turn did still stands. */
export function isUndoable(run) {
  return run.outcome === 'executed' && run.stage == null && run.undoneAt == null
    && run.operations.some(one => one.status === 'executed');
}

/** What can be clicked next: the story's choices, or examples where the model did not understand. */
export function choices(state) {
  const newest = state.items.at(-1);
  if (!newest || newest.stage != null || newest.undoneAt != null) return [];
  return newest.narrative?.choices?.length ? newest.narrative.choices : newest.examples ?? [];
}

function inOrder(runs) {
  return [...runs].sort((a, b) => a.number - b.number);
}
