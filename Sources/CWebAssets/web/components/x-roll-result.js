// <x-roll-result>: the roll just made, or a sample, large.

import { h, fill } from '../lib/h.js';
import { button, icon, said, status } from '../lib/ui.js';
import { total } from '../lib/format.js';
import { showDetails } from '../lib/roll-details.js';

const examples = [
  ['8d6[fire]', 'Fireball'], ['2d20kh1+5', 'Attack with advantage'], ['4d6kh3', 'Ability score'],
  ['1d100', 'Percentile'],
];

export class RollResult extends HTMLElement {
  #roll = null;

  connectedCallback() {
    if (!this.firstChild) this.#showNothing();
  }

  /** The roll that is shown, if it is a real one. */
  get roll() { return this.#roll; }

  set isBusy(isBusy) {
    this.classList.toggle('busy', isBusy);
    this.setAttribute('aria-busy', isBusy);
  }

  showRoll(roll) {
    this.#roll = roll;
    this.#show(roll, roll.state === 'withdrawn' ? status('undo', 'Withdrawn') : null);
    this.dataset.state = roll.state;
  }

  showSample(roll) {
    this.#roll = null;
    this.dataset.state = 'sample';
    this.#show(roll, status('sample', 'Sample', 'warn'),
      h('p', { class: 'sample-note' },
        'From dice of their own, thrown away. Nothing was recorded, and this tells nothing about the roll to come.'));
  }

  #show(roll, mark, note) {
    const number = total(roll.result);
    const body = h('div');
    showDetails(body, { roll, isSample: this.#roll === null });
    fill(this,
      h('div', { class: 'result-head' },
        h('p', { class: 'result-number' }, roll.state === 'withdrawn' ? h('s', {}, number) : number),
        h('div', { class: 'result-text' }, mark, roll.purpose && said(roll.purpose, { class: 'bold' }),
          h('code', { class: 'quiet' }, roll.result.expression))),
      note, body);
  }

  #showNothing() {
    const pick = notation => this.dispatchEvent(new CustomEvent('example', { bubbles: true, detail: notation }));
    this.dataset.state = 'none';
    fill(this,
      h('div', { class: 'result-none' }, h('span', { class: 'empty-icon' }, icon('dice')),
        h('p', { class: 'bold' }, 'Your roll comes here, with every die'),
        h('p', { class: 'quiet' }, 'The server rolls; nobody can choose. Begin with one of these:'),
        h('ul', { class: 'examples' }, examples.map(([notation, what]) => h('li', {},
          h('button', { type: 'button', class: 'btn small', onclick: () => pick(notation) },
            h('code', {}, notation), h('span', { class: 'faint' }, what)))))));
  }
}

customElements.define('x-roll-result', RollResult);
