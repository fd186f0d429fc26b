import { test } from 'node:test';
import assert from 'node:assert/strict';
import { card, cards, headline, outcomeRoot, stepsLine } from '../../Sources/CWebAssets/web/lib/run-cards.js';

const step = (operation, output, more = {}) => ({ operation, status: 'executed', output, display: { icon: 'note', message: 'm', compact: 'c' }, errors: [], ...more });
const hurt = (name, before, after, more = {}) => ({ name, before, after, taken: before - after, absorbed: 0, status: after ? 'up' : 'defeated', why: [], ...more });

test('the cards of a fireball stand under one heading: what its first spending step was for', () => {
  const operations = [
    { operation: 'consume_resource', input: { purpose: 'Fireball' } }, { operation: 'roll_dice', input: { purpose: 'Fireball' } }, { operation: 'apply_damage', input: {} },
  ];
  assert.equal(headline({ text: 'I burn them', proposal: { operations }, operations: [] }), 'Fireball');
  assert.equal(headline({ text: 'I burn them', proposal: { operations: [operations[2]] }, operations: [] }), 'I burn them');
  assert.equal(headline({ text: '', proposal: { operations: [operations[2]] }, operations: [] }), 'Apply damage');
  assert.equal(headline({ text: '', proposal: null, operations: [] }), '0 steps');
  assert.equal(headline({ text: 'x'.repeat(200), proposal: null }).length, 60);
});

test('dice show what they were for, their faces and the total', () => {
  const root = { kind: 'dice' };
  const shown = card(step('roll_dice', { purpose: 'Fireball', notation: '8d6', total: 1031, result: { text: '8d6 (…) = 1031', root } }));
  assert.deepEqual([shown.title, shown.line, shown.result], ['Fireball', '8d6 (…) = 1031', '1,031']);
  assert.equal(shown.rolls[0].root, root);
});

test('an attack tells hit and miss apart, with both rolls of a hit', () => {
  const output = {
    name: 'Skarrit', weapon: 'Dagger', hit: true, critical: false, ac: 17, includes: [{ source: 'Ring', attack: 1 }, { source: 'Cloak', saves: 1 }],
    attack: { dice: { notation: '1d20', faces: [14], total: 14 }, bonus: 5, total: 19 }, damage: { total: 6, type: 'piercing', dice: { notation: '1d4 + 2', faces: [4], total: 6 } },
  };
  const hit = card(step('roll_attack', output));
  assert.deepEqual([hit.title, hit.line, hit.result, hit.unit], ['Dagger against Skarrit', '14 + 5 = 19 against armor class 17', '6', 'piercing']);
  assert.equal(hit.rolls.length, 2);
  assert.deepEqual(hit.notes, ['+1 from Ring is in the bonus already']);
  const miss = card(step('roll_attack', { ...output, hit: false, weapon: null, damage: { total: 0, type: 'fire', dice: null } }));
  assert.deepEqual([miss.title, miss.result, miss.rolls.length], ['Attack against Skarrit', 'Miss', 1]);
});

test('saves name who failed and who did not, rolled or not', () => {
  const results = [
    { name: 'Goblin 1', success: false, roll: 3, faces: [3], bonus: 2, total: 5 }, { name: 'Goblin 2', success: true, roll: 17, faces: [4, 17], bonus: -1, total: 16 },
    { name: 'Goblin 3', success: false, faces: [], bonus: 2, because: 'paralyzed' },
  ];
  const shown = card(step('roll_saving_throw_batch', { ability: 'dexterity', dc: 15, results, passed: 1, failed: 2 }));
  assert.equal(shown.line, 'failed: Goblin 1, Goblin 3; saved: Goblin 2');
  assert.deepEqual([shown.result, shown.unit], ['1 of 3', 'saved']);
  assert.deepEqual(shown.table.rows[1], ['Goblin 2', '17 of 4 and 17 − 1', 16, 'Saved']);
  assert.deepEqual(shown.table.rows[2], ['Goblin 3', '—', '—', 'Failed: paralyzed']);
});

test('damage counts who went down, or what was taken', () => {
  const of = (...results) => card(step('apply_damage', { amount: 9, type: 'fire', results }));
  assert.deepEqual([of(hurt('A', 10, 0), hurt('B', 10, 1)).result, of(hurt('A', 10, 0), hurt('B', 10, 1)).unit], ['1', 'down']);
  assert.deepEqual([of(hurt('A', 10, 0)).result, of(hurt('A', 10, 0)).unit], ['−10', 'defeated']);
  assert.deepEqual([of(hurt('A', 10, 8), hurt('B', 9, 8)).result, of(hurt('A', 10, 8), hurt('B', 9, 8)).unit], ['−3', 'in all']);
  assert.equal(of(hurt('A', 10, 10)).result, '0');
});

test('what was not executed says so instead of a result', () => {
  const [skipped, refused, missing] = cards({ operations: [
    { operation: 'heal', status: 'skipped', display: null, output: null, errors: [] },
    { operation: 'heal', status: 'refused', display: null, output: null, errors: [{ message: 'There is no creature “x”.' }] },
    { operation: 'heal', status: 'not_reached', errors: [] },
  ] });
  assert.equal(skipped.status[1], 'Skipped');
  assert.deepEqual([refused.status[1], refused.line], ['Refused', 'There is no creature “x”.']);
  assert.equal(missing.status[1], 'Not reached');
});

test('an unknown operation, or an output of another shape, is shown in the server’s words', () => {
  for (const one of [step('summon_owl', { owl: 1 }), step('apply_damage', { hits: 3 })]) {
    const shown = card(one);
    assert.deepEqual([shown.line, shown.result], ['m', 'c']);
  }
  assert.equal(card(step('summon_owl', { owl: 1 })).title, 'Summon owl');
});

test('the steps of a turn are counted by what became of them', () => {
  const of = (...statuses) => stepsLine({ operations: statuses.map(status => ({ status })) });
  assert.equal(of('executed', 'executed'), '2 steps, all executed');
  assert.equal(of('executed'), '1 step, executed');
  assert.equal(of('executed', 'refused', 'skipped', 'skipped'), '1 of 4 steps executed, 2 skipped, 1 refused');
  assert.equal(of('rolled_back', 'not_reached'), '0 of 2 steps executed, 1 taken back, 1 not reached');
});

test('faces become dice with their sides, and the die of a pair that does not count is dropped', () => {
  assert.deepEqual(outcomeRoot({ notation: '2d6 + 1d4 + 3', faces: [3, 5, 2], total: 13 }).dice.map(die => die.sides), [6, 6, 4]);
  assert.deepEqual(outcomeRoot({ notation: '2d20kh1', faces: [4, 17], total: 17 }).dice.map(die => die.state), ['dropped', 'kept']);
  assert.deepEqual(outcomeRoot({ notation: '2d20kl1', faces: [4, 17], total: 4 }).dice.map(die => die.state), ['kept', 'dropped']);
  assert.deepEqual(outcomeRoot({ notation: '2d20kh1', faces: [9, 9], total: 9 }).dice.map(die => die.state), ['kept', 'dropped']);
});
