import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fieldsOf, valueOf } from '../../Sources/CWebAssets/web/lib/schema-fields.js';
import {
  emptyProposal, referenceChoices, stepsMax, toProposal, withChange, withKey, withStep, withStepMoved, withoutStep,
} from '../../Sources/CWebAssets/web/lib/proposal-draft.js';
import { faultsByField, pointerPath, repairOf, repaired } from '../../Sources/CWebAssets/web/lib/proposal-faults.js';
import { readProposal, writeProposal } from '../../Sources/CWebAssets/web/lib/proposal-store.js';
import { sceneChoices, sceneDefaults, sceneSuggestions } from '../../Sources/CWebAssets/web/lib/scene-choices.js';
import { spellSteps } from '../../Sources/CWebAssets/web/lib/spell-steps.js';

const text = { type: 'string' };
const damage = {
  name: 'apply_damage', references: { amount: ['roll_dice'], saves: ['roll_saving_throw_batch'] },
  input: {
    required: ['campaign', 'kind'], properties: {
      campaign: text, amount: { type: ['integer', 'null'], minimum: 0, maximum: 99, description: 'How much.' },
      kind: { enum: ['fire', 'cold', null], type: ['string', 'null'] }, quiet: { type: ['boolean', 'null'] },
      saves: { type: ['array', 'null'], items: { type: 'object' } }, target: text, targets: { type: ['array', 'null'], items: text },
      until: { type: ['object', 'null'], properties: { day: { type: 'integer' }, hour: { type: 'integer' } }, required: ['day'] },
      variables: { type: ['object', 'null'], additionalProperties: {} },
    },
  },
};
const roll = { name: 'roll_dice', input: { required: ['notation'], properties: { notation: { type: 'string', maxLength: 512 } } } };
const catalogue = new Map([damage, roll].map(facts => [facts.name, facts]));
const field = name => fieldsOf(damage).find(one => one.name === name);
const build = (...names) => names.reduce((draft, name) => withStep(draft, name), emptyProposal);

test('a schema becomes fields: what is needed first, what the server sets not at all', () => {
  assert.deepEqual(fieldsOf(damage).map(one => [one.name, one.kind]), [
    ['kind', 'choice'], ['amount', 'number'], ['quiet', 'switch'], ['saves', 'reference'], ['targets', 'list'], ['until', 'moment'], ['variables', 'json'],
  ]);
  assert.deepEqual([field('kind').options, field('kind').isRequired], [['fire', 'cold'], true]);
  assert.deepEqual([field('amount').min, field('amount').max, field('amount').hint, field('amount').sources], [0, 99, 'How much.', ['roll_dice']]);
  assert.equal(fieldsOf(roll)[0].charactersMax, 512);
});

for (const [name, written, value] of [
  ['amount', '12', 12], ['amount', ' −3 ', -3], ['amount', '', undefined], ['amount', 'lots', 'lots'], ['amount', '1e9', '1e9'],
  ['kind', 'fire', 'fire'], ['kind', '', undefined], ['quiet', 'true', true], ['quiet', 'false', false], ['quiet', '', undefined],
  ['targets', ['a'], ['a']], ['targets', [], undefined], ['until', { day: '2', hour: '' }, { day: 2 }], ['until', {}, undefined],
  ['variables', '{"a":1}', { a: 1 }], ['variables', '{"a":', '{"a":'], ['variables', ' ', undefined],
]) {
  test(`${JSON.stringify(written)} in ${name} is sent as ${JSON.stringify(value)}`, () => assert.deepEqual(valueOf(field(name), written), value));
}

test('steps are added, moved and removed, and each keeps its own number', () => {
  let draft = build('roll_dice', 'apply_damage', 'roll_dice');
  assert.deepEqual(draft.steps.map(step => [step.id, step.key]), [[1, 'roll'], [2, ''], [3, 'roll_2']]);
  draft = withStepMoved(draft, 3, -1);
  assert.deepEqual(draft.steps.map(step => step.id), [1, 3, 2]);
  assert.equal(withStepMoved(draft, 1, -1), draft);
  assert.equal(withStepMoved(draft, 2, 1), draft);
  draft = withStep(withoutStep(draft, 3), 'roll_dice');
  assert.deepEqual(draft.steps.map(step => [step.id, step.key]), [[1, 'roll'], [2, ''], [4, 'roll_2']]);
});

test('a proposal has an end', () => {
  let draft = emptyProposal;
  for (let at = 0; at < stepsMax + 5; at += 1) draft = withStep(draft, 'roll_dice');
  assert.equal(draft.steps.length, stepsMax);
});

test('a reference is offered from earlier steps that have what the field needs', () => {
  const draft = build('roll_dice', 'apply_damage', 'roll_dice');
  assert.deepEqual(referenceChoices(draft, 2, field('amount')), [['roll', 'Step 1: roll_dice (roll)']]);
  assert.deepEqual(referenceChoices(draft, 2, field('saves')), []);
  assert.deepEqual(referenceChoices(withChange(draft, 1, { key: ' ' }), 2, field('amount')), []);
  assert.deepEqual(referenceChoices(draft, 1, field('amount')), []);
});

test('what refers to a result goes with its name', () => {
  const draft = withChange(build('roll_dice', 'apply_damage'), 2, { refs: { amount: 'roll' } });
  const renamed = withKey(draft, 1, 'fire');
  assert.deepEqual([renamed.steps[0].key, renamed.steps[1].refs], ['fire', { amount: 'fire' }]);
  assert.deepEqual(withKey(draft, 1, '').steps[1].refs, { amount: 'roll' });
  assert.deepEqual(withKey(draft, 2, 'x').steps[1].refs, { amount: 'roll' });
});

test('a draft is sent as the server takes it', () => {
  let draft = withChange(build('roll_dice', 'apply_damage'), 1, { values: { notation: ' 8d6 ' } });
  draft = withChange(draft, 2, { values: { kind: 'fire', amount: '3', targets: ['g1'] }, refs: { amount: 'roll' }, isRequired: false });
  assert.deepEqual(toProposal(draft, catalogue), { operations: [
    { operation: 'roll_dice', input: { notation: '8d6' }, result_key: 'roll' },
    { operation: 'apply_damage', input: { kind: 'fire', amount_ref: 'roll', targets: ['g1'] }, required: false },
  ] });
});

test('faults go to the fields they belong to, and none is lost', () => {
  const names = () => ['amount', 'targets', 'result_key'];
  const of = pointer => faultsByField([{ pointer }], 2, names);
  assert.equal(of('/operations/1/input/targets/0').steps[1].fields.targets.length, 1);
  assert.equal(of('/proposal/operations/0/input/amount').steps[0].fields.amount.length, 1);
  assert.equal(of('/operations/0/input/amount_ref').steps[0].fields.amount.length, 1);
  assert.equal(of('/operations/0/input/target').steps[0].fields.targets.length, 1);
  assert.equal(of('/operations/0/result_key').steps[0].fields.result_key.length, 1);
  assert.equal(of('/operations/0/input/kind').steps[0].rest.length, 1);
  assert.equal(of('/operations/0').steps[0].rest.length, 1);
  for (const pointer of ['', '/operations/9/input/amount', '/say', '/operations/x', undefined]) assert.equal(of(pointer).rest.length, 1, pointer);
});

test('a repair is what the server suggests, or the only value there is', () => {
  assert.equal(repairOf({ repair: 'prone' }), 'prone');
  assert.equal(repairOf({ allowed: ['goblin_1'] }), 'goblin_1');
  assert.equal(repairOf({ allowed: ['a', 'b'] }), null);
  assert.equal(repairOf({ repair: { a: 1 } }), null);
});

test('a repair goes to its place: a field, an item of a list, a part, a reference, a name', () => {
  const step = { values: { condition: 'pron', targets: ['a', 'gobln'], until: { day: 'x' } }, refs: { amount: 'rol' }, key: 'a b' };
  const after = (pointer, value) => repaired(step, { pointer }, value);
  assert.equal(after('/operations/0/input/condition', 'prone').values.condition, 'prone');
  assert.deepEqual(after('/proposal/operations/0/input/targets/1', 'goblin').values.targets, ['a', 'goblin']);
  assert.deepEqual(after('/operations/0/input/targets/7', 'goblin').values.targets, ['a', 'gobln']);
  assert.deepEqual(after('/operations/0/input/until/day', 3).values.until, { day: '3' });
  assert.equal(after('/operations/0/input/amount_ref', 'roll').refs.amount, 'roll');
  assert.equal(after('/operations/0/result_key', 'ab').key, 'ab');
  assert.equal(after('/operations/0', 'x'), step);
});

test('a pointer is read with its escapes', () => {
  assert.deepEqual(pointerPath('/proposal/operations/0/input/a~1b~0c'), ['operations', '0', 'input', 'a/b~c']);
});

const campaign = {
  acting: 'mira', conditions: [{ name: 'blessed' }], creatures: [
    {
      id: 'mira', name: 'Mira', kind: 'player', hit_points: { current: 3, max: 9 }, attacks: [{ name: 'Staff', damage: '1d6', type: 'bludgeoning' }],
      resources: [{ resource_id: 'slot', display_name: 'Slot', current: 1, max: 2 }],
    },
    { id: 'g1', name: 'Goblin', kind: 'enemy', hit_points: { current: 7, max: 7 } }, { id: 'g2', name: 'Goblin', kind: 'enemy', hit_points: { current: 0, max: 7 } },
  ],
};

test('a form offers what is in the scene: creatures, and whose resources and weapons', () => {
  assert.deepEqual(sceneChoices('targets', campaign)[0], ['mira', 'Mira, 3/9']);
  assert.deepEqual(sceneChoices('resource', campaign, { creature: 'mira' }), [['slot', 'Slot, 1 of 2']]);
  assert.deepEqual(sceneChoices('resource', campaign, { creature: 'g1' }), []);
  assert.deepEqual(sceneChoices('weapon', campaign, { attacker: 'mira' }), [['Staff', 'Staff, 1d6 bludgeoning']]);
  assert.equal(sceneChoices('purpose', campaign), null);
  assert.ok(sceneSuggestions('condition', campaign).includes('blessed'));
  assert.deepEqual(sceneDefaults([{ name: 'attacker' }, { name: 'target' }], campaign), { attacker: 'mira' });
});

test('a spell becomes the steps that it stands for', () => {
  const operations = spell => spellSteps(spell, campaign).map(step => step.operation);
  const fireball = spellSteps({ name: 'Fireball', resource: 'slot', damage: '8d6', damage_type: 'fire', save_ability: 'dexterity', dc: 15, on_save: 'half' }, campaign);
  assert.deepEqual(fireball.map(step => step.operation), ['consume_resource', 'roll_dice', 'roll_saving_throw_batch', 'apply_damage']);
  assert.deepEqual(fireball[3].refs, { amount: 1, saves: 2 });
  assert.deepEqual(fireball[2].values.targets, ['g1']);
  assert.deepEqual(operations({ name: 'Bolt', attack: 7, damage: '2d10', damage_type: 'fire' }), ['roll_attack', 'apply_damage']);
  assert.deepEqual(operations({ name: 'Cure', resource: 'slot', healing: '2d8 + 3' }), ['consume_resource', 'roll_dice', 'heal']);
  const hold = spellSteps({ name: 'Hold', save_ability: 'wisdom', dc: 15, condition: 'paralyzed' }, campaign);
  assert.deepEqual(hold.map(step => [step.operation, step.refs]), [['roll_saving_throw_batch', {}], ['apply_condition', { saves: 0 }]]);
});

test('a draft is kept until it is executed, and what is no draft is not taken for one', () => {
  const kept = new Map();
  const storage = { getItem: name => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value), removeItem: name => kept.delete(name) };
  const draft = build('roll_dice');
  writeProposal('mill', draft, storage);
  assert.deepEqual(readProposal('mill', storage), draft);
  assert.equal(readProposal('other', storage), null);
  writeProposal('mill', emptyProposal, storage);
  assert.equal(kept.size, 0);
  for (const odd of ['{', '{"made":1,"steps":[{"id":1}]}', '7', 'null']) {
    kept.set('arbiter.proposal.mill', odd);
    assert.equal(readProposal('mill', storage), null, odd);
  }
});
