import { test } from 'node:test';
import assert from 'node:assert/strict';
import { elapsed, money, signed, titled } from '../../Sources/CWebAssets/web/lib/amounts.js';
import { emptyDraft, readDraft, writeDraft } from '../../Sources/CWebAssets/web/lib/drafts.js';
import { isNoKey, keyShape, keyWords } from '../../Sources/CWebAssets/web/lib/key-shapes.js';

for (const [key, provider, isUsable] of [
  ['sk-or-v1-aaaa', 'OpenRouter', true], ['sk-ant-api03-aaaa', 'Anthropic', true], ['sk-proj-aaaa', 'OpenAI', true], ['sk-aaaa', 'OpenAI', true],
  ['gsk_aaaa', 'Groq', true], ['hf_aaaa', 'Hugging Face', true], ['xai-aaaa', 'xAI', true], ['AIzaSyA', 'Google', false], ['  gsk_aaaa ', 'Groq', true],
]) {
  test(`“${key}” looks like ${provider}`, () => assert.deepEqual(keyShape(key), { provider, isUsable }));
}

test('little says nothing yet, much of an unknown shape says so, and who cannot be used is named as coming', () => {
  assert.equal(keyShape('s'), null);
  assert.equal(keyWords('').tone, '');
  assert.equal(keyWords('abcdefghijklmnop').tone, 'bad');
  assert.match(keyWords('AIzaSyA').text, /Google.*coming/);
  assert.equal(keyWords('sk-or-x').tone, 'ok');
});

test('a key with a space or an accent in it was not copied whole', () => {
  assert.equal(isNoKey('sk-a b'), true);
  assert.equal(isNoKey('sk-é'), true);
  assert.equal(isNoKey(' sk-ab '), false);
});

test('words that were not sent are there again, for their own campaign only', () => {
  const kept = new Map();
  const storage = { getItem: name => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value), removeItem: name => kept.delete(name) };
  writeDraft('mill', { text: 'I run', mode: 'think' }, storage);
  assert.deepEqual(readDraft('mill', storage), { text: 'I run', mode: 'think' });
  assert.deepEqual(readDraft('road', storage), emptyDraft);
  writeDraft('mill', { text: '', mode: 'think' }, storage);
  assert.equal(kept.size, 0);
  for (const odd of ['{', '7', 'null', '{"text":7,"mode":"act"}', '{"text":"x","mode":"shout"}']) {
    kept.set('arbiter.draft.mill', odd);
    assert.deepEqual(readDraft('mill', storage), emptyDraft, odd);
  }
});

test('a browser that keeps nothing loses nothing but the draft', () => {
  const storage = { getItem() { throw new Error('off'); }, setItem() { throw new Error('full'); }, removeItem() { throw new Error('off'); } };
  assert.deepEqual(readDraft('mill', storage), emptyDraft);
  writeDraft('mill', { text: 'x', mode: 'act' }, storage);
});

test('amounts in words', () => {
  assert.deepEqual([signed(3), signed(-1), signed(0)], ['+3', '−1', '0']);
  assert.deepEqual([money(21_400), money(0), money(2_500_000), money(null), money(undefined)], ['$0.0214', '$0.00', '$2.50', 'unknown', 'unknown']);
  const from = '2026-11-21T10:00:00.000Z';
  assert.deepEqual(['2026-11-21T10:00:00.340Z', '2026-11-21T10:00:02.400Z', '2026-11-21T10:01:05Z', 'x', '2026-11-21T09:00:00Z'].map(to => elapsed(from, to)),
    ['340 ms', '2.4 s', '1 min 5 s', 'unknown', 'unknown']);
  assert.equal(titled('spell_dc'), 'Spell dc');
});
