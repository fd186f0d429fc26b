import { test } from 'node:test';
import assert from 'node:assert/strict';
import { CommandRegistry } from '../../Sources/CWebAssets/web/lib/keys.js';
import { byGroup, search } from '../../Sources/CWebAssets/web/lib/command-lists.js';

function makeRegistry() {
  const registry = new CommandRegistry();
  const command = (id, keys, group = 'Go') => ({ id, title: `Title of ${id}`, keys, group, run() {} });
  registry.register(
    command('dice', 'G D'), command('journal', 'G J'), command('next', 'J', 'Page'), command('palette', 'Ctrl K', 'All'),
    command('help', '?', 'All'), command('close', 'Escape', 'All'), command('all', 'Shift A', 'Page'),
    { id: 'enter', title: 'Roll', keys: 'Enter', group: 'Page' });
  return registry;
}
const press = (key, more = {}) => ({ key, time: 0, ...more });
const id = command => command?.id ?? null;

test('a letter runs its command, small or large', () => {
  assert.equal(id(makeRegistry().resolve(press('j'))), 'next');
  assert.equal(id(makeRegistry().resolve(press('A', { shift: true }))), 'all');
});

test('G and a letter go somewhere; J alone does not', () => {
  const registry = makeRegistry();
  assert.equal(registry.resolve(press('g')), null);
  assert.equal(id(registry.resolve(press('j', { time: 900 }))), 'journal');
  assert.equal(id(registry.resolve(press('j', { time: 950 }))), 'next');
});

test('G is forgotten after a while, and after another key', () => {
  const registry = makeRegistry();
  registry.resolve(press('g'));
  assert.equal(id(registry.resolve(press('d', { time: 5000 }))), null);
  registry.resolve(press('g', { time: 6000 }));
  registry.resolve(press('x', { time: 6001 }));
  assert.equal(id(registry.resolve(press('d', { time: 6002 }))), null);
});

test('in a field only Ctrl and Escape count', () => {
  const registry = makeRegistry();
  assert.equal(registry.resolve(press('j'), { isTyping: true }), null);
  assert.equal(registry.resolve(press('?'), { isTyping: true }), null);
  assert.equal(id(registry.resolve(press('Escape'), { isTyping: true })), 'close');
  assert.equal(id(registry.resolve(press('k', { ctrl: true }), { isTyping: true })), 'palette');
});

test('single letters can be switched off', () => {
  assert.equal(makeRegistry().resolve(press('j'), { letters: false }), null);
  assert.equal(id(makeRegistry().resolve(press('k', { ctrl: true }), { letters: false })), 'palette');
});

test('the browser keeps Alt, and the keys that are only shown', () => {
  assert.equal(makeRegistry().resolve(press('j', { alt: true })), null);
  assert.equal(makeRegistry().resolve(press('Enter')), null);
});

test('two commands cannot have the same keys', () => {
  const registry = makeRegistry();
  assert.throws(() => registry.register({ id: 'other', title: 'Other', keys: 'J', run() {} }), /“J” runs/);
});

test('registering an id again replaces the command', () => {
  const registry = makeRegistry();
  registry.register({ id: 'next', title: 'New', keys: 'J', group: 'Page', run() {} });
  assert.equal(registry.resolve(press('j')).title, 'New');
  assert.equal(registry.all.filter(command => command.id === 'next').length, 1);
});

test('the palette finds by words of group and title; the help lists what has keys', () => {
  const { all } = makeRegistry();
  assert.deepEqual(search(all, 'go DICE').map(id), ['dice']);
  assert.deepEqual(search(all, 'roll').map(id), []);
  assert.deepEqual([...byGroup(all).keys()], ['Go', 'Page', 'All']);
  assert.ok(byGroup(all).get('Page').some(command => command.id === 'enter'));
});
