import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Problem, explain } from '../../Sources/CWebAssets/web/lib/problem.js';
import { fieldErrors, sentence } from '../../Sources/CWebAssets/web/lib/field-errors.js';

const fields = ['notation', 'purpose', 'variables', 'variables/level', 'variables/hp/max'];
const problem = errors => new Problem({ detail: 'Not allowed.', code: 'invalid_input', errors }, { status: 422 });
const at = (pointer, message = 'is wrong') => ({ pointer, code: 'x', message });

test('each error goes to the field its pointer names', () => {
  const { fields: found, rest } = fieldErrors(problem([at('/notation'), at('/variables/level'), at('/variables/hp/max')]), fields);
  assert.deepEqual(Object.keys(found), ['notation', 'variables/level', 'variables/hp/max']);
  assert.deepEqual(rest, []);
});

test('a rehearsal’s pointers mean the same fields', () => {
  const { fields: found } = fieldErrors(problem([at('/operations/0/input/notation'), at('/operations/12/input/variables/other')]), fields);
  assert.deepEqual(Object.keys(found), ['notation', 'variables']);
});

test('several errors of one field are all said', () => {
  assert.deepEqual(fieldErrors(problem([at('/notation', 'a'), at('/notation', 'b')]), fields).fields.notation, ['A.', 'B.']);
});

test('what belongs to no field is not lost', () => {
  const { fields: found, rest } = fieldErrors(problem([at('/journal'), at(''), at('/notations')]), fields);
  assert.deepEqual([found, rest.length], [{}, 3]);
  assert.deepEqual(fieldErrors(problem([]), fields).rest, ['Not allowed.']);
});

test('escaped pointers are read', () => {
  assert.deepEqual(Object.keys(fieldErrors(problem([at('/a~1b~0c')]), ['a/b~c']).fields), ['a/b~c']);
});

test('what is allowed is said', () => {
  assert.equal(sentence({ message: 'bad word', allowed: ['a', 'b'] }), 'Bad word. Allowed: a, b.');
  assert.equal(sentence({ message: 'Is that a word?' }), 'Is that a word?');
  assert.equal(sentence({}), 'This is not allowed.');
});

test('an outcome is unknown when no answer came or the server failed', () => {
  assert.ok(new Problem(null).isOutcomeUnknown);
  assert.ok(new Problem({ code: 'outcome_unknown' }, { status: 503 }).isOutcomeUnknown);
  assert.ok(!problem([]).isOutcomeUnknown);
});

test('people are told what was kept and what to do', () => {
  assert.match(explain(new Problem(null)), /did not answer.*kept.*only once/);
  assert.match(explain(new Problem({ detail: 'Too many.' }, { status: 429, retryAfter: 3 })), /Too many\. Try again in 3 s\./);
  assert.equal(explain(problem([])), 'Not allowed.');
});
