import { test } from 'node:test';
import assert from 'node:assert/strict';
import { entryChoices, entryOf, entryValue, orderWords, patienceWords, readNumbers, span }
  from '../../Sources/CWebAssets/web/lib/routes.js';

const models = {
  connections: [
    { id: 'a', name: 'Mine', models: ['large', 'small one'], model: 'large' },
    { id: 'b', name: 'Local', models: [], model: 'any' },
  ],
};

test('a choice of what stands in a route is by connection, with the built-in model last', () => {
  const groups = entryChoices(models);
  assert.deepEqual(groups.map(group => group.title), ['Mine', 'Local', 'Without a provider']);
  assert.deepEqual(groups[0].options, [['a large', 'large'], ['a small one', 'small one']]);
  assert.deepEqual(groups[1].options, [['b any', 'any']]);
});

test('an entry survives its way through a choice', () => {
  for (const entry of [{ connection: 'a', model: 'small one' }, { model: 'built-in' }]) {
    assert.deepEqual(entryOf(entryValue(entry)), entry);
  }
});

test('the order of a route is told with whose the models are', () => {
  const entries = [{ connection: 'a', model: 'large' }, { connection: 'x', model: 'old' }, { model: 'built-in' }];
  assert.equal(orderWords({ entries }, models), 'large (Mine), then old (gone), then the built-in model');
});

test('what a route leaves out is not told', () => {
  assert.equal(patienceWords({}), '');
  assert.equal(patienceWords({ firstPieceSeconds: 20, retries: 0, cacheSeconds: 3600, goesOn: true }),
    '20 s to the first words, never asked again, goes on with what broke off, answers given again for 1 h');
  assert.equal(patienceWords({ retries: 1, outputTokensMax: 1 }), 'asked again once, at most 1 token');
});

test('a span is told in the largest unit that it is whole in', () => {
  assert.deepEqual([90, 120, 7200, 86_400, 172_800].map(span), ['90 s', '2 min', '2 h', '1 day', '2 days']);
});

test('numbers are read with every fault, and an empty field says nothing', () => {
  assert.deepEqual(readNumbers({ retries: '0', cacheSeconds: ' 60 ', wholeSeconds: '' }), { values: { retries: 0, cacheSeconds: 60 } });
  const { faults } = readNumbers({ retries: '4', connectSeconds: '1.5', silenceSeconds: 'a' });
  assert.deepEqual(faults.map(([field]) => field), ['connectSeconds', 'silenceSeconds', 'retries']);
});
