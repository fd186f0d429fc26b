import { test } from 'node:test';
import assert from 'node:assert/strict';
import { atLeast, bars, barsMax, percent, percentile } from '../../Sources/CWebAssets/web/lib/odds.js';

/** Outcomes as the server gives them, from counts by total. */
function outcomes(counts) {
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const totals = Object.keys(counts).map(Number).sort((one, other) => one - other);
  const above = total => totals.filter(one => one >= total).reduce((sum, one) => sum + counts[one], 0);
  return totals.map(total => ({ total, chance: counts[total] / all, atLeast: above(total) / all }));
}
const twoDice = outcomes({ 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 5, 9: 4, 10: 3, 11: 2, 12: 1 });

test('a share in percent is never shown as nothing, nor as certain, when it is not', () => {
  const table = [
    [0, '0 %'], [1, '100 %'], [0.305, '30.5 %'], [0.00004, '<0.01 %'], [0.0008, '0.08 %'], [0.0999, '9.99 %'], [0.5, '50.0 %'],
    [0.99999, '>99.99 %'], [0.9997, '99.97 %'], [0.09996, '10.0 %'],
  ];
  for (const [share, text] of table) assert.equal(percent(share), text, `${share}`);
});

test('the chance of a total or more counts totals between those that can come', () => {
  assert.equal(atLeast(twoDice, 2), 1);
  assert.equal(atLeast(twoDice, 12), 1 / 36);
  assert.equal(atLeast(twoDice, 13), 0);
  assert.equal(atLeast(outcomes({ 0: 1, 3: 1 }), 2), 0.5);
});

test('a percentile is on the rarer side', () => {
  const table = [[2, 'bottom 2.8 %'], [12, 'top 2.8 %'], [7, 'top 58 %'], [11, 'top 8.3 %'], [4, 'bottom 17 %']];
  for (const [total, text] of table) assert.equal(percentile(twoDice, total), text, `${total}`);
  assert.equal(percentile(outcomes({ 4: 1 }), 4), null, 'where only one total can come there is no rank');
  assert.equal(percentile(outcomes({ 1: 1, 2: 9999 }), 1), 'bottom <0.1 %');
});

test('each total has a bar, those between that cannot come have an empty one', () => {
  assert.deepEqual(bars(outcomes({ 0: 1, 2: 1 })), [
    { first: 0, last: 0, chance: 0.5 }, { first: 1, last: 1, chance: 0 }, { first: 2, last: 2, chance: 0.5 },
  ]);
});

test('more totals than bars share them, and none is lost', () => {
  const many = outcomes(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [at - 500, 1])));
  const all = bars(many);
  assert.ok(all.length <= barsMax);
  assert.equal(all[0].first, -500);
  assert.equal(all.at(-1).last, 500);
  assert.ok(Math.abs(all.reduce((sum, bar) => sum + bar.chance, 0) - 1) < 1e-9);
  for (const [at, bar] of all.entries()) if (at) assert.equal(bar.first, all[at - 1].last + 1);
});
