import { test } from 'node:test';
import assert from 'node:assert/strict';
import { money } from '../../Sources/CWebAssets/web/lib/amounts.js';
import { addressOf, isFiltered, listQuery, viewOf, withNewest, withPage } from '../../Sources/CWebAssets/web/lib/call-view.js';
import { callState, costWords, errorSentence, errorWord, meanings, timeWords, whoWords, whoseWords } from '../../Sources/CWebAssets/web/lib/call-words.js';
import { beginning, cacheSentence, everyDay, lookSentence, spentWords, total, totalSentence } from '../../Sources/CWebAssets/web/lib/spend.js';
import { took } from '../../Sources/CWebAssets/web/lib/took.js';
import { loadWords, timesWords, troubleWords } from '../../Sources/CWebAssets/web/lib/upstream-words.js';

test('the address says what is shown, and what it says is shown again', () => {
  for (const address of ['/calls', '/calls?view=slowest', '/calls?view=failed&model=small&surface=gateway', '/calls?view=spend&span=90', '/calls?key=k&call=c']) {
    assert.equal(addressOf(viewOf(new URL(address, 'http://x').search)), address);
  }
  assert.equal(addressOf(viewOf('?view=nonsense&span=7&model=')), '/calls');
  assert.equal(viewOf(`?model=${'m'.repeat(201)}`).model, undefined);
  assert.deepEqual([isFiltered(viewOf('?view=failed')), isFiltered(viewOf('?key=k'))], [false, true]);
});

test('a view asks the server for what it shows', () => {
  assert.equal(listQuery(viewOf('?view=slowest&key=k'), { limit: 50 }), 'limit=50&order=slowest&key=k');
  assert.equal(listQuery(viewOf('?view=failed&surface=tabletop'), { limit: 9, before: 'b' }), 'limit=9&failed=true&surface=tabletop&before=b');
});

test('a look at the newest keeps the older pages, and changes what it finds changed', () => {
  const row = (id, state = 'finished') => ({ id, state });
  const rows = withPage([row('5'), row('4')], [row('4'), row('3')]);
  assert.deepEqual(rows.map(one => one.id), ['5', '4', '3']);
  const next = withNewest(rows, [row('6'), row('5', 'failed')]);
  assert.deepEqual(next.map(one => `${one.id} ${one.state}`), ['6 finished', '5 failed', '4 finished', '3 finished']);
  assert.deepEqual(withNewest(rows, []), rows);
});

test('every state has a word, a drawing and a meaning, and so has one that is new', () => {
  for (const state of ['reserved', 'finished', 'failed', 'cut', 'stopped', 'cached', 'lost']) {
    assert.equal(callState({ state }).length, 3);
    assert.ok(meanings[state].endsWith('.'));
  }
  assert.deepEqual(callState({ state: 'odd' }), ['info', 'odd', '']);
});

test('an unknown cost is unknown and never zero', () => {
  assert.equal(costWords({ state: 'finished', costMicros: null }), 'unknown');
  assert.equal(costWords({ state: 'finished', costMicros: 0 }), '$0.00');
  assert.equal(costWords({ state: 'cut', costMicros: 21_400, isEstimate: true }), 'about $0.0214');
  assert.equal(costWords({ state: 'reserved', reservedMicros: 50_000 }), 'up to $0.0500');
  assert.equal(costWords({ state: 'reserved' }), 'unknown');
  assert.deepEqual([costWords({ state: 'reserved', reservedMicros: 0 }), costWords({ state: 'cut', costMicros: 0, isEstimate: true })], ['$0.00', '$0.00']);
  assert.equal(money(12), '$0.000012');
});

test('why a call failed is said in a word and in a sentence', () => {
  assert.equal(errorWord({ errorKind: 'rate_limited' }), 'too many calls');
  assert.match(errorSentence({ errorKind: 'bad_key' }), /settings/);
  assert.deepEqual([errorWord({}), errorSentence({}), errorWord({ errorKind: 'new_kind' })], ['', '', 'new kind']);
});

test('what is under way has taken its time until now', () => {
  const now = new Date('2026-11-22T10:00:07.900Z');
  assert.equal(timeWords({ state: 'reserved', at: '2026-11-22T10:00:00Z' }, now), '7 s');
  assert.equal(timeWords({ state: 'reserved', at: '2026-11-22T10:00:09Z' }, now), '0 ms');
  assert.equal(timeWords({ state: 'finished', durationMicros: 1_240_000 }), '1.2 s');
  assert.deepEqual([timeWords({ state: 'lost' }), took(null), took(340_000)], ['—', 'unknown', '340 ms']);
});

test('who asked is called by name where that is known', () => {
  const names = { keys: new Map([['k', 'notebook']]), people: new Map([['p', 'Ines']]) };
  assert.deepEqual([{ gatewayKey: 'k', person: 'p' }, { person: 'p' }, {}, { gatewayKey: 'abcdefgh' }].map(row => whoWords(row, names)),
    ['notebook', 'Ines', 'Arbiter', 'key …cdefgh']);
  assert.equal(whoseWords({ connection: 'c', provider: '127.0.0.1' }, { connections: new Map([['c', 'Test server']]) }), 'Test server');
  assert.equal(whoseWords({ connection: 'c', provider: 'OpenAI' }), 'OpenAI');
});

const line = (name, calls, costMicros, unknownCalls = 0) => ({ name, calls, costMicros, estimatedMicros: 0, unknownCalls, inputTokens: 0, outputTokens: 0 });

test('every day of a span is there, those without calls too', () => {
  const days = everyDay([line('2026-11-02', 3, 30)], '2026-11-01T00:00:00Z', '2026-11-03T09:00:00Z');
  assert.deepEqual(days.map(day => [day.name, day.calls]), [['2026-11-01', 0], ['2026-11-02', 3], ['2026-11-03', 0]]);
  const now = new Date('2026-11-22T23:30:00Z');
  assert.deepEqual([beginning('month', now), beginning('30', now)], ['2026-11-01T00:00:00.000Z', '2026-10-24T00:00:00.000Z']);
});

test('a sum that leaves unknown costs out says so', () => {
  assert.deepEqual([line('a', 2, 30), line('a', 2, 0, 2), line('a', 3, 2_000_000, 1), line('a', 0, 0)].map(spentWords),
    ['$0.000030', 'unknown', '$2.00 + unknown', '—']);
  const all = total([line('a', 2, 1_000_000), line('b', 3, 500_000, 2)]);
  assert.equal(totalSentence(all), '$1.50 in 5 attempts. 2 of them at a cost that is not known, and in no sum.');
  assert.match(totalSentence(total([line('a', 1, 0, 1)])), /^At a cost that is not known in 1 attempt\./);
  assert.match(totalSentence({ ...all, estimatedMicros: 250_000 }), /\$0\.2500 of it is estimated\.$/);
  assert.equal(totalSentence(total([])), 'No call has ended in this time.');
});

test('a connection says what runs over it, and how long it rests', () => {
  assert.equal(loadWords({ underWay: 3, waiting: 2 }), '3 under way, 2 waiting');
  assert.equal(loadWords({ underWay: 0, waiting: 0 }), '');
  assert.equal(troubleWords({ failures: 5, restsMicros: 11_300_000 }), 'rests for 12 s after 5 failures');
  assert.equal(troubleWords({ failures: 0, restsMicros: 30_000_000 }), 'rests for 30 s as the provider asked');
  assert.equal(troubleWords({ failures: 1 }), 'watched after 1 failure');
  const now = new Date();
  assert.match(timesWords({ createdAt: now }, { lastUsedAt: null, check: null }, now), /^connected .* · not used lately · not checked since$/);
});

test('the cache is told with how often its answers were given again', () => {
  const whole = { answers: 3, bytes: 104_858, bytesMax: 268_435_456, hits: 7 };
  assert.equal(cacheSentence(whole), 'The cache holds 3 answers, 0.1 of 256 MB; they were given again 7 times.');
  assert.equal(cacheSentence({ ...whole, answers: 1, hits: 1 }),
    'The cache holds 1 answer, 0.1 of 256 MB; it was given again 1 time.');
  assert.match(cacheSentence({ ...whole, answers: 0 }), /no answer/);
});

test('looks into the cache are told with what was damaged, and with what the database refused', () => {
  const none = { hits: 0, misses: 0, damaged: 0, failures: 0 };
  assert.equal(lookSentence(none), 'Nothing was looked for since the server began.');
  assert.equal(lookSentence({ ...none, hits: 7, misses: 3 }), 'Since the server began: 7 found, 3 not.');
  assert.equal(lookSentence({ ...none, misses: 3, damaged: 1, failures: 2 }),
    'Since the server began: 0 found, 3 not, 1 of which was damaged. 2 times the database refused.');
});
