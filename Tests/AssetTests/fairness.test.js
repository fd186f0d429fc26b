import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { keepsPromise, reduce, withSeed } from '../../Sources/CWebAssets/web/lib/fairness.js';

const workspace = '01970000-0000-7000-8000-000000000001';
const secret = '29e2ebed8cc2f524c4d79f345a41b5119436c8df2195d2bb94f8250316827dda';

/** The commitment by another route than the one under test. */
function commitment(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(number));
  return createHash('sha256').update('arbiter dice commitment v1\0').update(secret, 'hex').update(workspace.replaceAll('-', ''), 'hex').update(bytes).digest('hex');
}
const makeSeed = number => ({ number, secret, commitment: commitment(number), entropy: [] });

test('a kept promise is recognised, whatever the seed’s number', async () => {
  for (const number of [1, 255, 256, 2 ** 40]) assert.ok(await keepsPromise(makeSeed(number), workspace, webcrypto.subtle), `${number}`);
});

test('another secret, number or workspace is not what was promised', async () => {
  const seed = makeSeed(1);
  assert.equal(await keepsPromise({ ...seed, secret: secret.replace('2', '3') }, workspace, webcrypto.subtle), false);
  assert.equal(await keepsPromise({ ...seed, number: 2 }, workspace, webcrypto.subtle), false);
  assert.equal(await keepsPromise(seed, workspace.replace('1', '2'), webcrypto.subtle), false);
  await assert.rejects(keepsPromise({ ...seed, secret: 'no hex' }, workspace, webcrypto.subtle), TypeError);
});

test('a contribution shows the newer seed, and a late event does not take one away', () => {
  const one = { ...makeSeed(1), entropy: [{ number: 1 }] };
  const two = { ...makeSeed(1), entropy: [{ number: 1 }, { number: 2 }] };
  assert.equal(withSeed({ current: one, past: [] }, two).current, two);
  assert.equal(reduce({ current: two, past: [] }, { type: 'fairness.entropy', payload: { seed: one } }).current, two);
  assert.equal(withSeed({ current: two, past: [] }, makeSeed(9)).current, two);
});

test('a rotation has to be fetched', () => {
  assert.equal(reduce({ current: makeSeed(1), past: [] }, { type: 'fairness.rotated', payload: { seed: makeSeed(2) } }), null);
});
