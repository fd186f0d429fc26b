import { test } from 'node:test';
import assert from 'node:assert/strict';
import { endWords, givesBack, outcomeNote, runState, stageWords, teller } from '../../Sources/CWebAssets/web/lib/run-words.js';

const makeRun = more => ({
  mode: 'act', text: 'I run', stage: null, outcome: 'executed', undoneAt: null, problem: null, calls: [], operations: [], narrative: null, ...more,
});
const builtIn = { purpose: 'propose', model: 'built-in', badge: 'built-in' };

for (const stage of ['proposing', 'rehearsing', 'executing', 'narrating']) {
  test(`${stage} is said in words, with what a stop leaves`, () => {
    const { text, stop } = stageWords(makeRun({ stage, outcome: null, calls: [builtIn] }));
    assert.match(text, /…$/);
    assert.ok(stop.length > 10);
  });
}

test('who is waited for is named, and a repair is called one', () => {
  assert.match(stageWords(makeRun({ stage: 'proposing', calls: [builtIn] })).text, /^The built-in model proposes/);
  assert.match(stageWords(makeRun({ stage: 'proposing', calls: [{ purpose: 'repair', model: 'qwen3' }] })).text, /^qwen3 repairs/);
  assert.match(stageWords(makeRun({ stage: 'proposing', mode: 'think', calls: [] })).text, /^The model thinks/);
  assert.equal(stageWords(makeRun({})), null);
});

for (const [outcome, isSaid, isGivenBack] of [
  ['executed', false, false], ['told', false, false], ['classic', true, false], ['refused', true, true], ['execution_failed', true, false],
  ['model_unavailable', true, true], ['cancelled', true, true], ['failed', true, true],
]) {
  test(`a turn that ended ${outcome} ${isSaid ? 'says so' : 'speaks for itself'}${isGivenBack ? ' and gives the words back' : ''}`, () => {
    assert.equal(outcomeNote(makeRun({ outcome })) !== null, isSaid);
    assert.equal(givesBack(makeRun({ outcome })), isGivenBack);
    assert.equal(runState(makeRun({ outcome })).length, 3);
  });
}

test('the server’s own sentence is shown where it has one', () => {
  assert.equal(outcomeNote(makeRun({ outcome: 'failed', problem: 'The disk is full.' })).text, 'The disk is full.');
});

test('a turn taken back says so, whatever it was', () => {
  assert.equal(outcomeNote(makeRun({ undoneAt: 'now' })).title, 'Undone');
  assert.deepEqual(runState(makeRun({ undoneAt: 'now' }))[1], 'Undone');
});

test('members that the server leaves out are as good as null', () => {
  const bare = { mode: 'act', text: 'x', outcome: 'executed', calls: [], operations: [] };
  assert.equal(outcomeNote(bare), null);
  assert.equal(runState(bare)[1], 'Executed');
  assert.equal(stageWords(bare), null);
});

test('words that were never said are not given back', () => {
  assert.equal(givesBack(makeRun({ outcome: 'cancelled', text: '' })), false);
  assert.equal(givesBack(makeRun({ outcome: null, stage: 'proposing' })), false);
});

test('who told the story is marked', () => {
  const by = (word, call) => teller(makeRun({ narrative: { text: 'x', by: word }, calls: call ? [call] : [] }));
  assert.deepEqual(by('results'), { text: 'Told from the results', badge: 'results' });
  assert.equal(by('built-in').badge, 'built-in');
  assert.deepEqual(by('model', { purpose: 'narrate', model: 'qwen3', badge: null }), { text: 'Told by qwen3', badge: null });
  assert.equal(by('model', { purpose: 'narrate', model: 'x', badge: 'replay' }).badge, 'replay');
  assert.equal(teller(makeRun({})), null);
});

test('the end of a turn is said with its results', () => {
  const run = makeRun({ operations: [{ status: 'executed', display: { message: '8d6 = 31' } }, { status: 'refused', display: null }] });
  assert.equal(endWords(run), '8d6 = 31');
  assert.equal(endWords(makeRun({ outcome: 'model_unavailable' })), 'The model did not answer');
});
