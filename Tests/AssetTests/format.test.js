import { test } from 'node:test';
import assert from 'node:assert/strict';
import { count, hash, initials, total, when } from '../../Sources/CWebAssets/web/lib/format.js';
import { plural } from '../../Sources/CWebAssets/web/lib/plural.js';

test('numbers are grouped, and what is missing is unknown', () => {
  assert.deepEqual([0, 1234, -5, null, undefined].map(count), ['0', '1,234', '−5', 'unknown', 'unknown']);
  assert.deepEqual([plural(1, 'die', 'dice'), plural(0, 'die', 'dice')], ['1 die', '0 dice']);
});

test('a total beyond 2^53 keeps all its digits', () => {
  // What JSON.parse makes of 9007199254740993 and of the least Int64.
  assert.equal(total({ total: 9007199254740992, text: '{x} (…) = 9007199254740993' }), '9,007,199,254,740,993');
  assert.equal(total({ total: -9223372036854776000, text: '{x} (…) = -9223372036854775808' }), '−9,223,372,036,854,775,808');
  assert.equal(total({ total: 31, text: 'whatever' }), '31');
});

test('a time says its day only where it is another one', () => {
  const now = new Date(2026, 10, 21, 22, 0);
  const at = (...parts) => when(new Date(...parts).toISOString(), now);
  assert.equal(at(2026, 10, 21, 9, 5), '09:05');
  assert.equal(at(2026, 9, 3, 21, 6), '3 Oct 21:06');
  assert.equal(at(2025, 9, 3, 21, 6), '3 Oct 2025 21:06');
  assert.equal(when('soon'), 'unknown');
  assert.equal(when('2026-11-21T10:00:00.123456Z', now) === 'unknown', false);
});

test('hashes are in groups', () => {
  assert.equal(hash('b6f173c09a5e1d42'), 'b6f1 73c0 9a5e 1d42');
  assert.equal(hash('b6f173c09a5e1d42', 2), 'b6f1 73c0 …');
  assert.equal(hash(null), 'unknown');
});

test('initials', () => {
  assert.deepEqual(['Ines Roth', 'ines', '  ', 'A b c', null, '𝒳 y'].map(initials), ['IR', 'I', '?', 'AC', '?', '𝒳Y']);
});
