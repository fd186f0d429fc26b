// <x-readings>: what each dialect reads in the same text, and which one is meant. Fires `dialect` with its name.

import { h, fill } from '../lib/h.js';
import { icon, status, uid } from '../lib/ui.js';
import { count } from '../lib/format.js';

const names = { native: 'Arbiter', d20: 'Avrae (d20)', foundry: 'Foundry' };

export class Readings extends HTMLElement {
  #readings = null;
  #dialect = 'native';
  #group = uid('dialect');

  /** Whose notation is meant. */
  get dialect() { return this.#dialect; }

  /** The `readings` that `POST /readings` answers. */
  set readings(readings) {
    const hadFocus = this.contains(document.activeElement);
    this.#readings = readings;
    this.#draw();
    if (hadFocus) this.querySelector(':checked').focus({ preventScroll: true });
  }

  refuse(text) { fill(this, h('p', { class: 'quiet' }, icon('info'), ` ${text}`)); }

  #draw() {
    const meant = this.#readings.find(one => one.dialect === this.#dialect);
    fill(this, h('fieldset', { class: 'readings' }, h('legend', { class: 'vh' }, 'Whose notation it is'),
      this.#readings.map(one => this.#row(one, meant))));
  }

  #row(reading, meant) {
    const { dialect, expression, error } = reading;
    const choose = () => {
      this.#dialect = dialect;
      this.readings = this.#readings;
      this.dispatchEvent(new CustomEvent('dialect', { bubbles: true, detail: dialect }));
    };
    return h('label', { class: 'reading' },
      h('input', {
        type: 'radio', name: this.#group, value: dialect, checked: dialect === this.#dialect, onchange: choose,
      }),
      h('span', { class: 'reading-name' }, names[dialect] ?? dialect),
      h('span', { class: 'reading-text' },
        error
          ? h('span', { class: 'bad small' }, icon('alert'), ` Column ${count(error.column)}: ${error.message}`)
          : [h('code', {}, expression), h('span', { class: 'small faint' }, range(reading))]),
      !error && !meant.error && differs(reading, meant) && status('alert', 'Means something else', 'warn'));
  }
}

customElements.define('x-readings', Readings);

const range = ({ minimum, maximum, mean }) =>
  `${count(minimum)} to ${count(maximum)}${mean === undefined ? '' : `, mean ${count(Math.round(mean * 100) / 100)}`}`;

const differs = (one, other) => one.minimum !== other.minimum || one.maximum !== other.maximum || one.mean !== other.mean;
