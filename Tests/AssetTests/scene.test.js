import { test } from 'node:test';
import assert from 'node:assert/strict';
import { health, moment, reduceScene, sides } from '../../Sources/CWebAssets/web/lib/scene.js';
import { includedBonuses, spellLine, spellsByLevel } from '../../Sources/CWebAssets/web/lib/sheet-words.js';
import { starters } from '../../Sources/CWebAssets/web/lib/starters.js';

const creature = (id, kind, more = {}) => ({ id, name: id, kind, ac: 16, hit_points: { current: 10, max: 10 }, tags: ['goblin'], ...more });
const campaign = {
  acting: 'mira', time: { day: 1, hour: 16, minute: 40 },
  creatures: [
    creature('mira', 'player', {
      resources: [{ resource_id: 'slot', current: 2, max: 2 }], attacks: [{ name: 'Staff' }],
      spells: [{ name: 'Fireball', level: 3, resource: 'slot', damage: '8d6', damage_type: 'fire', save_ability: 'dexterity', dc: 15 }, { name: 'Bolt', level: 0, damage: '1d10' }],
    }),
    creature('oswin', 'npc'), creature('g1', 'enemy'), creature('g2', 'enemy'),
  ],
};
const after = (type, payload, from = campaign) => reduceScene(from, { type, payload });
const one = (state, id) => state.creatures.find(creature => creature.id === id);

test('events change what they name, and nothing else', () => {
  const next = after('creature.hit_points', { creature: 'g1', hit_points: { current: 0, max: 10 } });
  assert.equal(one(next, 'g1').hit_points.current, 0);
  assert.equal(one(next, 'g2'), one(campaign, 'g2'));
  assert.equal(one(after('creature.resource', { creature: 'mira', resource: 'slot', current: 1 }), 'mira').resources[0].current, 1);
  assert.deepEqual(after('campaign.time', { time: { day: 2, hour: 0, minute: 0 } }).time.day, 2);
  assert.equal(after('run.changed', {}), campaign);
  assert.deepEqual(after('creature.hit_points', { creature: 'nobody', hit_points: {} }), campaign);
});

test('a condition comes, is changed, and goes', () => {
  const condition = { name: 'prone', source: 'Web' };
  const came = after('creature.condition', { creature: 'g1', name: 'prone', condition });
  assert.deepEqual(one(came, 'g1').conditions, [condition]);
  const changed = after('creature.condition', { creature: 'g1', name: 'prone', condition: { name: 'prone', source: 'Push' } }, came);
  assert.deepEqual(one(changed, 'g1').conditions.map(each => each.source), ['Push']);
  assert.deepEqual(one(after('creature.condition', { creature: 'g1', name: 'prone', condition: null }, changed), 'g1').conditions, []);
});

test('a moment of the campaign', () => {
  assert.equal(moment({ day: 3, hour: 4, minute: 5, second: 0 }), 'Day 3, 04:05');
  assert.equal(moment({ day: 3, hour: 4, minute: 5, second: 6 }), 'Day 3, 04:05:06');
});

test('who acts, who is with them and who is not', () => {
  const { acting, allies, enemies } = sides(campaign);
  assert.deepEqual([acting.id, allies.map(each => each.id), enemies.map(each => each.id)], ['mira', ['oswin'], ['g1', 'g2']]);
});

test('health says who is down, and how', () => {
  const of = (kind, current, temporary) => health({ kind, hit_points: { current, max: 10, temporary } });
  assert.equal(of('enemy', 0).word, 'Defeated');
  assert.equal(of('player', 0).word, 'Unconscious');
  assert.deepEqual([of('player', 10, 5).text, of('player', 10).tone, of('player', 3).tone], ['10/10 +5', '', 'bad']);
});

test('bonuses are listed by the number that includes them', () => {
  const rows = includedBonuses({ ac: 16, bonuses: [{ source: 'Mage Armor', ac: 3 }, { source: 'Cloak', ac: 1, saves: 1 }] });
  assert.deepEqual(rows.map(row => [row.name, row.value, row.sources]), [
    ['Armor class', 16, [['Mage Armor', 3], ['Cloak', 1]]], ['Saving throws', null, [['Cloak', 1]]],
  ]);
  assert.deepEqual(includedBonuses({}), []);
});

test('spells stand by level, each with what it does', () => {
  assert.deepEqual(spellsByLevel(campaign.creatures[0]).map(([name, all]) => [name, all.length]), [['Cantrips', 1], ['3rd level', 1]]);
  assert.equal(spellLine(campaign.creatures[0].spells[0]), '8d6 fire · dexterity save, DC 15');
});

test('what could be said first comes from the sheet: the strongest spell that can be cast, at those who stand', () => {
  assert.deepEqual(starters(campaign), ['I cast Fireball at the goblins', 'I attack g1 with my Staff', 'I look around']);
  const spent = after('creature.resource', { creature: 'mira', resource: 'slot', current: 0 });
  assert.equal(starters(spent)[0], 'I cast Bolt at g1');
  const won = ['g1', 'g2'].reduce((state, id) => after('creature.hit_points', { creature: id, hit_points: { current: 0, max: 10 } }, state), campaign);
  assert.deepEqual(starters(won), ['I look around']);
});
