import { test } from 'node:test';
import assert from 'node:assert/strict';
import { budgetEnd, budgetName, budgetParts, budgetState, budgetWords, dollarsOf, microsOf } from '../../Sources/CWebAssets/web/lib/budgets.js';
import { endOf, examples, keyLine, modelsOf } from '../../Sources/CWebAssets/web/lib/gateway-keys.js';

test('dollars become millionths exactly, and come back', () => {
  for (const [text, micros] of [['50', 50_000_000], ['12.50', 12_500_000], ['$0.000001', 1], ['0', 0], ['0.1', 100_000], ['1000000000', 1_000_000_000_000_000]]) {
    assert.equal(microsOf(text), micros, text);
  }
  for (const text of ['', '-1', '1,50', '1.0000001', 'x', '1e3', '1000000001', '.5']) assert.equal(microsOf(text), null, text);
  assert.deepEqual([12_500_000, 1, 0, 50_000_000].map(dollarsOf), ['12.50', '0.000001', '0.00', '50.00']);
});

const budget = (spentMicros, reservedMicros, limitMicros, more = {}) => ({ spentMicros, reservedMicros, limitMicros, period: 'month', ...more });

test('a budget is said in words, with what is held beside what is spent', () => {
  assert.equal(budgetWords(budget(1_000_000, 0, 5_000_000)), '$1.00 of $5.00 spent');
  assert.equal(budgetWords(budget(0, 20_000, 5_000_000)), '$0.00 of $5.00 spent, $0.0200 held for calls under way');
  assert.equal(budgetName(budget(0, 0, 1)), 'Everybody, a month');
  assert.equal(budgetName({ key: 'k', period: 'total' }, { keys: new Map([['k', 'notebook']]) }), 'notebook, in all');
  assert.equal(budgetEnd({}), 'does not begin anew');
});

test('a budget that is used up says so, and one nearly so too', () => {
  assert.equal(budgetState(budget(1, 0, 10)), null);
  assert.equal(budgetState(budget(8, 1, 10))[1], 'Nearly spent');
  assert.equal(budgetState(budget(8, 2, 10))[1], 'Used up');
  assert.equal(budgetState(budget(0, 0, 0))[1], 'Free calls only');
  assert.deepEqual(budgetParts(budget(30, 90, 100)), { spent: 0.3, held: 0.7 });
  assert.deepEqual(budgetParts(budget(0, 0, 0)), { spent: 0, held: 0 });
});

test('a key that was revoked or has expired is over', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  assert.equal(endOf({ expiresAt: '2026-11-22T00:00:00Z' }, now), 'expired');
  assert.equal(endOf({ expiresAt: '2026-11-23T00:00:00Z' }, now), null);
  assert.equal(endOf({ revokedAt: '2026-11-20T00:00:00Z' }, now), 'revoked');
  assert.match(keyLine({ models: [], createdAt: '2026-11-20T00:00:00Z' }, now), /^every model · made .* · not used lately · never expires$/);
});

test('models are named with commas between, each once', () => {
  assert.deepEqual(modelsOf(' default, small,,default\nClaude/small '), ['default', 'small', 'Claude/small']);
});

test('the examples hold the key and the address of this server', () => {
  for (const [, text] of examples('http://127.0.0.1:8282', 'arb_x', 'small')) {
    assert.ok(text.includes('arb_x') && text.includes('http://127.0.0.1:8282') && text.includes('small'));
  }
});
