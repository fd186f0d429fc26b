import { test } from 'node:test';
import assert from 'node:assert/strict';
import {
  choices, isUndoable, newestUndoable, noRuns, reduce, running, snapshot, withNewRun, withPage, withRun, withTold,
} from '../../Sources/CWebAssets/web/lib/runs.js';

const makeRun = (number, more = {}) => ({
  id: `r${number}`, number, stage: null, outcome: 'executed', undoneAt: null, draft: null, narrative: null, examples: null,
  operations: [{ operation: 'heal', status: 'executed' }], ...more,
});
const ids = state => state.items.map(run => run.id);
const changed = run => ({ type: 'run.changed', payload: { run } });
const told = (run, from, text) => ({ type: 'run.told', payload: { run, from, text } });
const of = (...runs) => runs.reduce(withRun, noRuns);

test('turns are oldest first, in whatever order they arrive', () => {
  for (const order of [[1, 2, 3], [3, 1, 2], [2, 3, 1]]) assert.deepEqual(ids(of(...order.map(n => makeRun(n)))), ['r1', 'r2', 'r3']);
  assert.deepEqual(ids(snapshot({ items: [makeRun(2), makeRun(1)] })), ['r1', 'r2']);
});

test('an older page comes before, without what is there already', () => {
  const state = withPage(snapshot({ items: [makeRun(3), makeRun(2)], next: 2 }), { items: [makeRun(2), makeRun(1)], next: null });
  assert.deepEqual(ids(state), ['r1', 'r2', 'r3']);
  assert.equal(state.next, null);
});

test('an event replaces a turn; a late answer does not', () => {
  const state = reduce(of(makeRun(1, { stage: 'proposing' })), changed(makeRun(1, { stage: 'executing' })));
  assert.equal(state.items[0].stage, 'executing');
  assert.equal(withNewRun(state, makeRun(1, { stage: 'proposing' })), state);
  assert.deepEqual(ids(withNewRun(state, makeRun(2))), ['r1', 'r2']);
});

test('what did not change keeps its identity', () => {
  const state = of(makeRun(1), makeRun(2));
  const next = reduce(state, changed(makeRun(2, { undoneAt: 'now' })));
  assert.equal(next.items[0], state.items[0]);
});

test('a story grows piece by piece, and a piece that is told twice is there once', () => {
  let state = of(makeRun(1, { stage: 'narrating', draft: '' }));
  for (const piece of [told('r1', 0, 'The yard '), told('r1', 9, 'goes '), told('r1', 9, 'goes '), told('r1', 14, 'white.')]) state = reduce(state, piece);
  assert.equal(state.items[0].draft, 'The yard goes white.');
});

test('a telling that begins anew replaces the one before', () => {
  const state = withTold(of(makeRun(1, { stage: 'narrating', draft: 'All of it' })), { run: 'r1', from: 0, text: 'Once' });
  assert.equal(state.items[0].draft, 'Once');
});

test('offsets count in UTF-16, as the strings here do', () => {
  let state = reduce(of(makeRun(1, { stage: 'narrating', draft: null })), told('r1', 0, '🔥!'));
  state = reduce(state, told('r1', 3, ' out'));
  assert.equal(state.items[0].draft, '🔥! out');
});

test('a gap in a story asks for the snapshot again; a story of a turn that is not shown changes nothing', () => {
  const state = of(makeRun(1, { stage: 'narrating', draft: 'abc' }));
  assert.equal(reduce(state, told('r1', 4, 'x')), null);
  assert.equal(reduce(state, told('r9', 0, 'x')), state);
});

test('a turn that goes on being told keeps its draft when the event has none', () => {
  const state = of(makeRun(1, { stage: 'narrating', draft: 'so far' }));
  assert.equal(reduce(state, changed(makeRun(1, { stage: 'narrating', draft: null }))).items[0].draft, 'so far');
  assert.equal(reduce(state, changed(makeRun(1, { stage: null, draft: null }))).items[0].draft, null);
});

test('the turn under way, and the newest that can be taken back', () => {
  const state = of(makeRun(1), makeRun(2, { undoneAt: 'then' }), makeRun(3, { outcome: 'told', operations: [] }), makeRun(4, { stage: 'proposing', outcome: null }));
  assert.equal(running(state).id, 'r4');
  assert.equal(newestUndoable(state).id, 'r1');
  assert.equal(running(of(makeRun(1))), null);
  assert.equal(isUndoable(makeRun(1, { operations: [{ operation: 'heal', status: 'refused' }] })), false);
});

test('members that the server leaves out are as good as null', () => {
  const bare = { id: 'r1', number: 1, outcome: 'executed', operations: [{ status: 'executed' }] };
  assert.equal(running(of(bare)), null);
  assert.equal(newestUndoable(of(bare)), bare);
});

test('choices are the newest story’s, or the examples of who did not understand, and none during a turn', () => {
  const story = makeRun(1, { narrative: { text: 'x', choices: ['I run'] } });
  assert.deepEqual(choices(of(story)), ['I run']);
  assert.deepEqual(choices(of(story, makeRun(2, { examples: ['look around'] }))), ['look around']);
  assert.deepEqual(choices(of(story, makeRun(2, { stage: 'proposing' }))), []);
  assert.deepEqual(choices(of({ ...story, undoneAt: 'now' })), []);
  assert.deepEqual(choices(noRuns), []);
});
