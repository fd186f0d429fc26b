import { test } from 'node:test';
import assert from 'node:assert/strict';
import { drawnDiceMax, spokenDie, tagTotals, treeLines } from '../../Sources/CWebAssets/web/lib/roll-tree.js';

const number = (value, annotations = []) => ({ kind: 'number', value, annotations });
const binary = (operator, left, right, value = 0) => ({ kind: 'binary', operator, left, right, value, annotations: [] });
const die = (face, sides = 6, more = {}) => ({ sides, faces: [face], draws: [0], value: face, state: 'kept', why: null, ...more });
const dice = (notation, all, more = {}) => ({ kind: 'dice', notation, sides: 6, value: 0, annotations: [], dice: all, ...more });

test('a chain of sums is one list with signs', () => {
  const root = binary('-', binary('+', dice('2d6', [die(3), die(4)], { value: 7 }), number(3)), number(1));
  assert.deepEqual(treeLines(root).map(line => [line.sign, line.value]), [['', 7], ['+', 3], ['−', 1]]);
});

test('brackets and products keep their parts below them', () => {
  const group = { kind: 'group', operand: binary('+', number(2), number(3), 5), value: 5, annotations: ['fire'] };
  const [line] = treeLines(binary('*', group, number(2), 10));
  assert.equal(line.label, 'product');
  assert.deepEqual(line.children.map(child => [child.sign, child.value]), [['', 5], ['×', 2]]);
  assert.deepEqual(line.children[0].tags, ['fire']);
  assert.deepEqual(line.children[0].children.map(child => [child.sign, child.value]), [['', 2], ['+', 3]]);
});

test('a sum in a subtracted bracket keeps its own signs', () => {
  const group = { kind: 'group', operand: binary('-', number(2), number(3), -1), value: -1, annotations: [] };
  const lines = treeLines(binary('-', number(9), group, 10));
  assert.deepEqual(lines.map(line => [line.sign, line.value]), [['', 9], ['−', -1]]);
  assert.deepEqual(lines[1].children.map(child => [child.sign, child.value]), [['', 2], ['−', 3]]);
});

test('a leading minus is the sign of its term; a later one is a line of its own', () => {
  const minus = operand => ({ kind: 'unary', operator: '-', operand, value: -operand.value, annotations: [] });
  assert.deepEqual(treeLines(minus(number(4))).map(line => [line.sign, line.value]), [['−', 4]]);
  const [, second] = treeLines(binary('+', number(1), minus(number(4))));
  assert.deepEqual([second.sign, second.label, second.value], ['+', 'negative', -4]);
});

test('dropped dice say so, and by what', () => {
  const [line] = treeLines(dice('4d6kh3', [die(6), die(1, 6, { state: 'dropped', why: 'kh3' })]));
  assert.deepEqual(line.dice.map(one => [one.face, one.isDropped, one.isBest]), [[6, false, true], [1, true, false]]);
  assert.deepEqual(line.dice.map(spokenDie), ['6', '1, dropped by kh3']);
});

test('a dropped six is not the best die', () => {
  const [line] = treeLines(dice('2d6kl1', [die(6, 6, { state: 'dropped', why: 'kl1' }), die(6)]));
  assert.deepEqual(line.dice.map(one => one.isBest), [false, true]);
});

test('a die that was rolled again shows its last face and says the earlier ones', () => {
  const [line] = treeLines(dice('1d6', [{ ...die(5), faces: [1, 2, 5], draws: [0, 1, 2] }]));
  assert.equal(spokenDie(line.dice[0]), '5 (before: 1, 2)');
});

test('a thousand dice are not all drawn, and the rest is counted', () => {
  const [line] = treeLines(dice('1000d6', Array.from({ length: 1000 }, () => die(2))));
  assert.deepEqual([line.dice.length, line.diceLeftOut], [drawnDiceMax, 1000 - drawnDiceMax]);
});

test('a formula shows what was cut off', () => {
  const formula = { kind: 'formula', source: 'level*1.5', value: 4, exact: 4.5, annotations: [] };
  assert.equal(treeLines(formula)[0].note, '4.5, cut to 4');
  assert.equal(treeLines({ ...formula, exact: null })[0].note, null);
});

test('a formula in a number of dice is told beside them', () => {
  const [line] = treeLines(dice('4d6', [], { formulas: [{ source: 'level/2', value: 4, exact: 4.5 }] }));
  assert.equal(line.note, 'level/2 is 4.5, cut to 4');
});

test('an annotated sum stays one part', () => {
  const root = { ...binary('+', number(1), number(2), 3), annotations: ['cold'] };
  assert.equal(treeLines(root).length, 1);
  assert.deepEqual(tagTotals({ totalsByAnnotation: { cold: 3 } }), [['cold', 3]]);
});
