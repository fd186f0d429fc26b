import { test } from 'node:test';
import assert from 'node:assert/strict';
import { codeIn, signInAdvice } from '../../Sources/CWebAssets/web/lib/sign-in-code.js';
import { Problem } from '../../Sources/CWebAssets/web/lib/problem.js';

test('a code is found in a link, a fragment, or by itself', () => {
  for (const text of ['abc-123_X', '#abc-123_X', ' http://127.0.0.1:8787/sign-in#abc-123_X \n']) assert.equal(codeIn(text), 'abc-123_X', text);
});

test('what holds no code is refused here', () => {
  for (const text of ['', '   ', '#', 'http://127.0.0.1:8787/sign-in', 'two words', 'é', 'a'.repeat(257)]) assert.equal(codeIn(text), null, text);
});

test('each refusal says what to do', () => {
  for (const code of ['sign_in_link_used', 'sign_in_link_expired', 'sign_in_link_unknown']) {
    assert.match(signInAdvice(new Problem({ code }, { status: 401 })), /arbiter link/, code);
  }
  assert.match(signInAdvice(new Problem({ code: 'too_many_attempts' }, { status: 429, retryAfter: 12 })), /12 seconds/);
  assert.match(signInAdvice(new Problem(null)), /arbiter serve/);
  assert.equal(signInAdvice(new Problem({ code: 'wrong_host', detail: 'Wrong host.' }, { status: 421 })), 'Wrong host.');
});
