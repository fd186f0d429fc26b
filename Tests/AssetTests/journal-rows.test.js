import { test } from 'node:test';
import assert from 'node:assert/strict';
import { noRows, reduce, snapshot, withPage } from '../../Sources/CWebAssets/web/lib/journal-rows.js';

const makeRow = (number, undoes = null) => ({ number, undoes, undoneBy: null, state: 'standing', undoable: true });
const append = (state, row) => reduce(state, { type: 'journal.appended', payload: { summary: row } });
const states = state => Object.fromEntries(state.items.map(row => [row.number, row.state]));

test('a new row is first, once', () => {
  const state = append(append(append(noRows, makeRow(1)), makeRow(2)), makeRow(2));
  assert.deepEqual(state.items.map(row => row.number), [2, 1]);
});

test('an undo marks the row it undoes', () => {
  const state = append(append(noRows, makeRow(1)), makeRow(2, 1));
  assert.deepEqual(states(state), { 1: 'undone', 2: 'standing' });
  assert.deepEqual([state.items[1].undoneBy, state.items[1].undoable], [2, false]);
});

test('undoing an undo lets the first row stand again, however often', () => {
  let state = append(append(append(noRows, makeRow(1)), makeRow(2, 1)), makeRow(3, 2));
  assert.deepEqual(states(state), { 1: 'standing', 2: 'undone', 3: 'standing' });
  assert.deepEqual([state.items[2].undoneBy, state.items[2].undoable], [null, true]);
  state = append(state, makeRow(4, 1));
  assert.deepEqual(states(state), { 1: 'undone', 2: 'undone', 3: 'standing', 4: 'standing' });
});

test('an undo of a row that is not shown changes no other', () => {
  const state = append(snapshot({ items: [makeRow(50)], next: 50 }), makeRow(51, 3));
  assert.deepEqual(states(state), { 50: 'standing', 51: 'standing' });
});

test('an older page follows, without what is there already', () => {
  const state = withPage(snapshot({ items: [makeRow(3), makeRow(2)], next: 2 }), { items: [makeRow(2), makeRow(1)], next: null });
  assert.deepEqual(state.items.map(row => row.number), [3, 2, 1]);
});

test('an answer without a next page has none, whether it says so or leaves it out', () => {
  assert.equal(snapshot({ items: [makeRow(1)] }).next, null);
  assert.equal(withPage(snapshot({ items: [makeRow(2)], next: 2 }), { items: [makeRow(1)] }).next, null);
});
