// <x-sheet>: who acts, with everything that counts, and the others in the scene.

import { h, fill } from '../lib/h.js';
import { said, status } from '../lib/ui.js';
import { signed, titled } from '../lib/amounts.js';
import { health, moment, sides } from '../lib/scene.js';
import { includedBonuses, spellLine, spellsByLevel } from '../lib/sheet-words.js';

const pipsMax = 10;

export class Sheet extends HTMLElement {
  #drawn = null;

  /** Shows a campaign as it stands. Groups that were folded or opened stay so. */
  set campaign(campaign) {
    if (campaign === this.#drawn) return;
    this.#drawn = campaign;
    const open = new Map([...this.querySelectorAll('details')].map(node => [node.dataset.name, node.open]));
    const { acting, allies, enemies } = sides(campaign);
    fill(this, person(acting), resources(acting), conditions(acting), bonuses(acting), spells(acting),
      others('With you', allies), others('Against you', enemies));
    for (const node of this.querySelectorAll('details')) node.open = open.get(node.dataset.name) ?? node.open;
  }
}

customElements.define('x-sheet', Sheet);

/** A bar beside its numbers: decoration. */
export function meter({ current, max, tone }) {
  const width = Math.max(0, Math.min(100, current / max * 100));
  return h('svg', { class: `meter ${tone}`, viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect', { class: 'track', width: 100, height: 4, rx: 2 }),
    h('rect', { class: 'value', width, height: 4, rx: 2 }));
}

function person(one) {
  const state = health(one);
  const numbers = [
    ['Armor class', one.ac], one.spellcasting && ['Spell save', one.spellcasting.dc],
    one.spellcasting && ['Spell attack', signed(one.spellcasting.attack)],
  ].filter(Boolean);
  return h('section', { class: 'block', 'aria-label': one.name },
    h('div', { class: 'rowy' }, h('h2', { class: 'grow' }, said(one.name)),
      h('span', { class: 'num' }, `${state.text} hp`)),
    meter(state), state.word && status('alert', state.word, state.tone),
    h('p', { class: 'small faint' }, `Level ${one.level}`, one.tags?.length > 0 && `, ${one.tags.join(', ')}`,
      one.area && ` · ${one.area}`),
    h('dl', { class: 'numbers' }, numbers.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))));
}

function resources({ resources: all = [] }) {
  if (!all.length) return null;
  return group('Resources',
    h('ul', { class: 'lines' }, all.map(one => h('li', {}, said(one.display_name, { class: 'grow' }),
    one.max <= pipsMax && h('span', { class: 'pips', 'aria-hidden': 'true' },
      Array.from({ length: one.max }, (_, at) => h('span', { class: at < one.current ? 'pip full' : 'pip' }))),
    h('span', { class: 'num small' }, `${one.current} of ${one.max}`)))));
}

function conditions({ conditions: all = [] }) {
  if (!all.length) return null;
  return group('Conditions',
    h('ul', { class: 'lines' }, all.map(one => h('li', {}, h('span', { class: 'grow' }, titled(one.name),
    one.source && h('span', { class: 'faint' }, ` · ${one.source}`)),
      one.until && h('span', { class: 'small faint' }, `until ${moment(one.until)}`)))));
}

function bonuses(creature) {
  const rows = includedBonuses(creature);
  if (!rows.length) return null;
  return group('Auto-applied bonuses',
    h('p', { class: 'small faint' }, 'Included already in every number here. Nothing adds them again.'),
    h('ul', { class: 'lines' }, rows.map(({ name, value, sources }) => h('li', {}, h('span', { class: 'grow' }, name,
      sources.map(([source, amount]) => h('span', { class: 'source' }, h('b', {}, signed(amount)), ` ${source}`))),
        value !== null && h('b', { class: 'num' }, value)))));
}

function spells(creature) {
  const levels = spellsByLevel(creature);
  if (!levels.length) return null;
  return h('details', { class: 'block', 'data-name': 'spells' },
    h('summary', {}, h('h3', {}, 'Spells'), h('span', { class: 'faint small' }, ` ${creature.spells.length}`)),
    levels.map(([name, all]) => h('div', { class: 'spells' }, h('h4', { class: 'small faint' }, name),
      h('ul', {}, all.map(one => h('li', {},
      said(one.name, { class: 'bold' }), h('span', { class: 'small faint' }, ` ${spellLine(one)}`)))))));
}

function others(name, all) {
  if (!all.length) return null;
  return group(name, h('ul', { class: 'lines' }, all.map(one => {
    const state = health(one);
    const marks = (one.conditions ?? []).map(condition => titled(condition.name)).join(', ');
    return h('li', { class: 'other' }, h('span', { class: 'grow' }, said(one.name),
      marks && h('span', { class: 'small faint' }, ` · ${marks}`)),
      state.word ? status('alert', state.word) : meter(state), h('span', { class: 'num small' }, state.text));
  })));
}

function group(name, ...nodes) {
  return h('section', { class: 'block', 'aria-label': name }, h('h3', {}, name), nodes);
}
