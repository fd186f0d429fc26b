// <x-card>: one operation of a turn or of a rehearsal: a line that opens, with every die in it.

import { h, fill } from '../lib/h.js';
import { icon, said, status, uid } from '../lib/ui.js';
import { count } from '../lib/format.js';

export class Card extends HTMLElement {
  #card = null;
  #format = 'compact';
  #isOpen = null;
  #bodyId = uid('card');

  /** Shows a card of `lib/run-cards.js` in a format: minimal, compact, or detailed, which begins open. */
  show(card, format) {
    if (format !== this.#format) this.#isOpen = null;
    this.#card = card;
    this.#format = format;
    this.#draw();
  }

  #draw() {
    const isOpen = this.#isOpen ?? this.#format === 'detailed';
    const hadFocus = this.contains(document.activeElement);
    const body = h('div', {
      class: 'card-body', id: this.#bodyId, hidden: !isOpen, role: 'group',
      'aria-label': `${this.#card.title}, in detail`,
    });
    this.dataset.state = this.#card.status ? this.#card.status[0] : 'executed';
    fill(this, this.#head(isOpen), body);
    if (isOpen) this.#fillBody(body);
    if (hadFocus) this.querySelector('.card-head').focus({ preventScroll: true });
  }

  #head(isOpen) {
    const { icon: name, title, line, result, unit, chance, status: state } = this.#card;
    return h('button', {
      type: 'button', class: 'card-head', 'aria-expanded': isOpen, 'aria-controls': this.#bodyId,
      onclick: () => { this.#isOpen = !isOpen; this.#draw(); },
    },
    h('span', { class: 'card-icon' }, icon(name)),
    h('span', { class: 'card-text' }, said(title, { class: 'card-title' }),
      this.#format !== 'minimal' && line && said(line, { class: 'card-line' })),
    state ? status(...state) : result && h('span', { class: 'card-result' }, h('b', {}, result), unit && ` ${unit}`,
      chance && h('span', { class: 'card-chance' }, chance)),
    h('span', { class: 'chevron' }, icon(isOpen ? 'up' : 'down')));
  }

  async #fillBody(body) {
    const { message, rolls, table, notes, faults, journal, operation } = this.#card;
    const trees = rolls.map(roll => [roll, h('x-roll-tree')]);
    fill(body,
      message && !table && h('p', { class: 'quiet' }, said(message)),
      faults.map(fault => h('p', { class: 'form-error' }, icon('alert'), said(fault.message))),
      trees.map(([{ label }, tree]) => h('div', {}, label && h('p', { class: 'small faint' }, label), tree)),
      table && rows(this.#card.title, table),
      notes.map(note => h('p', { class: 'small quiet' }, icon('info'), ' ', said(note))),
      h('p', { class: 'card-foot small faint' }, h('code', {}, operation),
        journal && h('a', { href: `/journal?row=${journal.number}`, 'data-row': journal.number },
          `Journal row ${count(journal.number)}`)));
    if (!trees.length) return;
    // What draws dice is fetched when the first of them is looked at.
    await import('./x-roll-tree.js').catch(() => null);
    for (const [{ root }, tree] of trees) tree.root = root;
  }
}

customElements.define('x-card', Card);

function rows(title, { head, rows: all }) {
  return h('div', { class: 'card-table', tabindex: 0, role: 'group', 'aria-label': `${title}: each of them` },
    h('table', {}, h('thead', {}, h('tr', {}, head.map(text => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, all.map(([who, ...cells]) => h('tr', {}, h('th', { scope: 'row' }, said(who)),
        cells.map(cell => h('td', {}, said(cell))))))));
}
