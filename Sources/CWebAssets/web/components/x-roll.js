// <x-roll>: one roll of the history: a line that opens.

import { h, fill } from '../lib/h.js';
import { icon, said, status, timeStamp, uid } from '../lib/ui.js';
import { fullTime, total, when } from '../lib/format.js';
import { showDetails } from '../lib/roll-details.js';

const criticals = { success: ['star', 'Critical', 'ok'], failure: ['alert', 'Fumble', 'bad'] };

export class Roll extends HTMLElement {
  #roll = null;
  #format = 'compact';
  #isOpen = null;
  #bodyId = uid('roll');

  get roll() { return this.#roll; }

  /** Shows a roll in a format: minimal, compact, or detailed, which begins open. */
  show(roll, format) {
    if (format !== this.#format) this.#isOpen = null;
    if (roll === this.#roll && format === this.#format) return;
    this.#roll = roll;
    this.#format = format;
    this.#draw();
  }

  async #draw() {
    const { notation, state } = this.#roll;
    const isOpen = this.#isOpen ?? this.#format === 'detailed';
    const focused = this.contains(document.activeElement) && focusKey(document.activeElement);
    this.dataset.state = state;
    const body = h('div', {
      class: 'roll-body', id: this.#bodyId, hidden: !isOpen, role: 'group', 'aria-label': `${notation}, in detail`,
    });
    fill(this, this.#head(isOpen), body);
    if (isOpen) await showDetails(body, { roll: this.#roll });
    if (focused) (this.querySelector(focused) ?? this.querySelector('.roll-head')).focus({ preventScroll: true });
  }

  #head(isOpen) {
    const { notation, purpose, rolledBy, rolledAt, result, state } = this.#roll;
    const critical = criticals[result.critical];
    const isMinimal = this.#format === 'minimal';
    const isWithdrawn = state === 'withdrawn';
    const attributes = {
      type: 'button', class: 'roll-head', 'aria-expanded': isOpen, 'aria-controls': this.#bodyId,
      onclick: () => this.#toggle(!isOpen),
    };
    return h('button', attributes,
      h('span', { class: 'roll-total num' }, isWithdrawn ? h('s', {}, total(result)) : total(result)),
      h('span', { class: 'roll-text' },
        purpose ? said(purpose, { class: 'roll-title' }) : h('code', { class: 'roll-title' }, notation),
        !isMinimal && h('span', { class: 'roll-line' },
          purpose && [h('code', {}, notation), ' · '], said(rolledBy.name), ' · ',
          timeStamp(rolledAt, when(rolledAt), fullTime(rolledAt)))),
      isMinimal && purpose && h('code', { class: 'roll-notation' }, notation),
      isWithdrawn && status('undo', 'Withdrawn'),
      critical && !isWithdrawn && status(...critical),
      h('span', { class: 'chevron' }, icon(isOpen ? 'up' : 'down')));
  }

  #toggle(isOpen) {
    this.#isOpen = isOpen;
    this.#draw();
  }
}

customElements.define('x-roll', Roll);

/** How to find the same control after a new drawing. */
function focusKey(node) {
  return node.dataset.action ? '[data-action]' : node.dataset.row ? '[data-row]' : '.roll-head';
}
