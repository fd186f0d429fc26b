import { test } from 'node:test';
import assert from 'node:assert/strict';
import { addDie } from '../../Sources/CWebAssets/web/lib/notation.js';
import { namesMax, nestVariables, parseNumber, templateNames } from '../../Sources/CWebAssets/web/lib/variables.js';

test('the pad adds a die', () => {
  const table = [
    ['', 6, '1d6'], ['8d6', 6, '9d6'], ['d6', 6, '2d6'], ['8d6', 4, '8d6+1d4'], ['1d4+8d6', 6, '1d4+9d6'],
    ['1d4 + 8d6', 6, '1d4 + 9d6'], ['1d20-1d6', 6, '1d20-1d6+1d6'], ['2d20kh1', 20, '2d20kh1+1d20'], ['1d100', 10, '1d100+1d10'],
    ['8d6[fire]', 6, '8d6[fire]+1d6'], ['{level}d6', 6, '{level}d6+1d6'], ['2*3d6', 6, '2*3d6+1d6'],
  ];
  for (const [before, sides, after] of table) assert.equal(addDie(before, sides), after, `${before} and a d${sides}`);
});

test('braces are pools to Foundry, and nothing to d20', () => {
  assert.deepEqual(templateNames('{1d8, 1d6}kh + @str', 'foundry'), ['str']);
  assert.deepEqual(templateNames('{level}d6', 'd20'), []);
});

test('the names of formulas, each once', () => {
  const table = [
    ['8d6', []], ['{level}d6', ['level']], ['{level}d6+{level*2}', ['level']], ['{max(hp.now, 1)}', ['hp.now']],
    ['{1e3 + x}', ['x']], ['{a if b and not c else true}', ['a', 'b', 'c']], ['{größe}', ['größe']], ['{', []], ['level', []],
    ['{min (a, b)}', ['a', 'b']], ['{a}{b}', ['a', 'b']], ['{2.5*x1}', ['x1']], ['2d6 + @str.mod', ['str.mod']],
    ['{{1d8, {level}d6}}kh', ['level']], ['{{1d8, 1d6}}kh', []],
  ];
  for (const [notation, names] of table) assert.deepEqual(templateNames(notation), names, notation);
});

test('rows are bounded', () => {
  const notation = Array.from({ length: 100 }, (_, n) => `{a${n}}`).join('+');
  assert.equal(templateNames(notation).length, namesMax);
});

test('dotted names become objects', () => {
  const nested = nestVariables({ level: 3, 'hp.now': 4, 'hp.max': 9, 'a.b.c': 1 });
  assert.equal(JSON.stringify(nested), '{"level":3,"hp":{"now":4,"max":9},"a":{"b":{"c":1}}}');
});

test('a name and a path below it do not break each other', () => {
  assert.equal(JSON.stringify(nestVariables({ hp: 1, 'hp.max': 2 })), '{"hp":{"max":2}}');
  assert.equal(Object.keys(nestVariables({ '__proto__.x': 1 })).join(), '__proto__');
  assert.equal({}.x, undefined);
});

test('numbers as people write them', () => {
  const table = [['4', 4], [' 4 ', 4], ['−1.5', -1.5], ['-1', -1], ['2,5', 2.5], ['.5', .5], ['1.', 1], ['', null], ['x', null], ['1e3', null], ['--1', null], ['1 2', null], ['Infinity', null]];
  for (const [text, number] of table) assert.equal(parseNumber(text), number, text);
});
