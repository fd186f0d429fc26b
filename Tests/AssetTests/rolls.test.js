import { test } from 'node:test';
import assert from 'node:assert/strict';
import { newestStanding, noRolls, reduce, snapshot, withPage, withRoll, withState } from '../../Sources/CWebAssets/web/lib/rolls.js';

const makeRoll = (journal, state = 'standing') => ({ id: `r${journal}`, journal, state });
const ids = state => state.items.map(roll => roll.id);
const made = roll => ({ topic: 'rolls', type: 'roll.made', payload: { roll } });

test('a roll is there once, whether its answer or its event comes first', () => {
  const roll = makeRoll(3);
  assert.deepEqual(ids(withRoll(reduce(noRolls, made(roll)), roll)), ['r3']);
  assert.deepEqual(ids(reduce(withRoll(noRolls, roll), made(roll))), ['r3']);
});

test('rolls are newest first, in whatever order they arrive', () => {
  const orders = [[1, 2, 3], [3, 1, 2], [2, 3, 1], [3, 2, 1]];
  for (const order of orders) assert.deepEqual(ids(order.map(n => makeRoll(n)).reduce(withRoll, noRolls)), ['r3', 'r2', 'r1'], `${order}`);
});

test('a withdrawn roll stays, and a restored one stands', () => {
  let state = snapshot({ items: [makeRoll(2), makeRoll(1)], next: null });
  state = reduce(state, { type: 'roll.withdrawn', payload: { id: 'r2', journal: 3 } });
  assert.deepEqual(state.items.map(roll => roll.state), ['withdrawn', 'standing']);
  assert.equal(newestStanding(state).id, 'r1');
  state = reduce(state, { type: 'roll.restored', payload: { id: 'r2', journal: 4 } });
  assert.equal(newestStanding(state).id, 'r2');
});

test('a late answer does not undo what a later row did', () => {
  let state = snapshot({ items: [makeRoll(1)], next: null });
  state = reduce(state, { type: 'roll.restored', payload: { id: 'r1', journal: 9 } });
  state = withState(state, { id: 'r1', journal: 8 }, 'withdrawn');
  assert.equal(state.items[0].state, 'standing');
});

test('the same news twice changes nothing the second time', () => {
  const news = { type: 'roll.withdrawn', payload: { id: 'r1', journal: 2 } };
  const state = reduce(snapshot({ items: [makeRoll(1)], next: null }), news);
  assert.equal(reduce(state, news), state);
});

test('what did not change keeps its identity, so that its card is left alone', () => {
  const state = snapshot({ items: [makeRoll(2), makeRoll(1)], next: null });
  const next = withState(state, { id: 'r2', journal: 3 }, 'withdrawn');
  assert.equal(next.items[1], state.items[1]);
  assert.notEqual(next.items[0], state.items[0]);
});

test('an older page follows, without what is there already', () => {
  const state = withPage(snapshot({ items: [makeRoll(3), makeRoll(2)], next: 'r2' }), { items: [makeRoll(2), makeRoll(1)], next: null });
  assert.deepEqual(ids(state), ['r3', 'r2', 'r1']);
  assert.equal(state.next, null);
});

test('an event of an unknown type changes nothing', () => {
  const state = snapshot({ items: [makeRoll(1)], next: null });
  assert.equal(reduce(state, { type: 'roll.polished', payload: {} }), state);
});
