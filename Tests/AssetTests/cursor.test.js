import { test } from 'node:test';
import assert from 'node:assert/strict';
import { advance, formatCursor, judge, mergeCursors, parseCursor } from '../../Sources/CWebAssets/web/lib/cursor.js';

test('a cursor reads and writes the same', () => {
  for (const text of ['', 'rolls:0', 'rolls:18,workspace:3', 'a.b/c_d-e:999999999999999']) {
    assert.equal(formatCursor(parseCursor(text)), text);
  }
});

test('topics are written in alphabetical order, whatever order they came in', () => {
  assert.equal(formatCursor(parseCursor('workspace:3, rolls:18')), 'rolls:18,workspace:3');
});

test('what is no cursor is refused and quoted', () => {
  for (const text of ['rolls', 'rolls:', 'rolls:-1', 'rolls:1.5', 'Rolls:1', 'rolls:1,,x', `${'a'.repeat(101)}:1`, 'rolls:1234567890123456']) {
    assert.throws(() => parseCursor(text), TypeError, text);
  }
  assert.throws(() => parseCursor('rolls:1,no'), /“no”/);
});

test('a topic called __proto__ is no way into the object', () => {
  assert.equal(formatCursor(parseCursor('__proto__:5')), '__proto__:5');
  assert.equal({}.polluted, undefined);
});

test('of two snapshots that know a topic, the earlier number is kept', () => {
  assert.equal(formatCursor(mergeCursors('rolls:5,journal:2', 'rolls:3', 'fairness:1')), 'fairness:1,journal:2,rolls:3');
});

test('events are next, repeats, gaps or strangers', () => {
  const cursor = parseCursor('rolls:5');
  const verdicts = [[6, 'next'], [5, 'repeat'], [1, 'repeat'], [7, 'gap'], [100, 'gap']];
  for (const [number, verdict] of verdicts) assert.equal(judge(cursor, { topic: 'rolls', number }), verdict, `${number}`);
  assert.equal(judge(cursor, { topic: 'journal', number: 1 }), 'stranger');
  assert.equal(judge(cursor, { topic: 'toString', number: 1 }), 'stranger');
});

test('advancing leaves the cursor of before as it was', () => {
  const before = parseCursor('rolls:5,workspace:1');
  assert.equal(formatCursor(advance(before, { topic: 'rolls', number: 6 })), 'rolls:6,workspace:1');
  assert.equal(formatCursor(before), 'rolls:5,workspace:1');
});
