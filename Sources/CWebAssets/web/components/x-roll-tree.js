// <x-roll-tree>: a result term by term and die by die; dropped dice are struck, and said to be dropped.

import { h, fill } from '../lib/h.js';
import { dieShape, said } from '../lib/ui.js';
import { count } from '../lib/format.js';
import { spokenDie, treeLines } from '../lib/roll-tree.js';

export class RollTree extends HTMLElement {
  #root = null;

  set root(node) {
    this.#root = node;
    if (this.isConnected) this.connectedCallback();
  }

  connectedCallback() {
    if (this.#root) fill(this, lines(treeLines(this.#root)));
  }
}

customElements.define('x-roll-tree', RollTree);

function lines(all) {
  return h('ul', { class: 'roll-tree' }, all.map(line => h('li', { class: line.isDropped ? 'dropped' : null },
    h('span', { class: 'roll-value num' },
      line.sign && h('span', { class: 'roll-sign' }, line.sign), count(line.value)),
    h('span', { class: 'roll-label' },
      line.code && h('code', {}, line.code),
      line.label && h('span', { class: 'faint' }, line.label),
      line.tags.map(tag => said(tag, { class: 'tag' })),
      line.note && h('span', { class: 'faint' }, line.note)),
    line.dice?.length > 0 && dice(line),
    line.children.length > 0 && lines(line.children))));
}

function dice({ code, dice: all, diceLeftOut }) {
  return h('ul', { class: 'dice-row', 'aria-label': `Dice of ${code}` }, all.map(die),
    diceLeftOut > 0 && h('li', { class: 'dice-more' },
      `and ${count(diceLeftOut)} more; the journal row has every draw`));
}

function die(one) {
  const kind = one.isDropped ? 'die dropped' : one.isBest ? 'die best' : 'die';
  const digits = String(one.face).length > 3 ? ' wide' : '';
  const isPlain = !one.isDropped && !one.exploded && !one.before.length && one.counts === one.face;
  const mark = one.exploded ? '!' : '';
  return h('li', { class: kind + digits, 'data-sides': one.sides, title: isPlain ? null : spokenDie(one) },
    dieShape(one.sides),
    h('span', { class: 'die-face', 'aria-hidden': 'true' }, `${one.face}${mark}`),
    h('span', { class: 'vh' }, spokenDie(one)));
}
