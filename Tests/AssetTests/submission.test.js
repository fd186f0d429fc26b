import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Submission, makeKey } from '../../Sources/CWebAssets/web/lib/submission.js';
import { Problem } from '../../Sources/CWebAssets/web/lib/problem.js';

/** A form whose posts answer in turn what `outcomes` says; the keys it sent. */
function makeSubmission(outcomes) {
  const keys = [];
  let made = 0;
  const post = async (input, key) => {
    keys.push(key);
    const outcome = outcomes.shift();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  return { submission: new Submission(post, () => `key ${++made}`), keys };
}
const noAnswer = () => new Problem(null);
const refused = () => new Problem({ code: 'invalid_input' }, { status: 422 });

test('the same input sent again after no answer carries the same key', async () => {
  const { submission, keys } = makeSubmission([noAnswer(), noAnswer(), 'done']);
  await assert.rejects(submission.send({ notation: '8d6' }));
  await assert.rejects(submission.send({ notation: '8d6' }));
  assert.equal(await submission.send({ notation: '8d6' }), 'done');
  assert.deepEqual(keys, ['key 1', 'key 1', 'key 1']);
});

test('another input is another change', async () => {
  const { submission, keys } = makeSubmission([noAnswer(), 'done']);
  await assert.rejects(submission.send({ notation: '8d6' }));
  await submission.send({ notation: '9d6' });
  assert.deepEqual(keys, ['key 1', 'key 2']);
});

test('after an answer, and after a refusal, the next change has a key of its own', async () => {
  const { submission, keys } = makeSubmission(['done', refused(), 'done']);
  await submission.send({ notation: '8d6' });
  await assert.rejects(submission.send({ notation: '8d6' }));
  await submission.send({ notation: '8d6' });
  assert.deepEqual(keys, ['key 1', 'key 2', 'key 3']);
});

test('while one is under way a second press sends nothing', async () => {
  const { submission, keys } = makeSubmission(['done']);
  const first = submission.send({ notation: '8d6' });
  assert.ok(submission.isBusy);
  assert.equal(await submission.send({ notation: '8d6' }), null);
  assert.equal(await first, 'done');
  assert.deepEqual([keys.length, submission.isBusy], [1, false]);
});

test('a key is a UUID, with and without the browser’s own', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(makeKey({ getRandomValues: bytes => bytes.fill(0xff) }), uuid);
  assert.match(makeKey({ getRandomValues: bytes => bytes.fill(0x00) }), uuid);
  assert.equal(makeKey({ randomUUID: () => 'own' }), 'own');
});
