// <x-variables>: a field for each name in the formulas of a notation. Fetched when the first brace is written.

import { h, fill } from '../lib/h.js';
import { complain, field } from '../lib/ui.js';
import { nestVariables, parseNumber, templateNames } from '../lib/variables.js';

export class Variables extends HTMLElement {
  #texts = new Map();
  #inputs = new Map();

  /** Shows the rows that a notation needs. What was written for a name stays when the name comes back. */
  show({ notation, dialect }) {
    const names = templateNames(notation, dialect);
    if (names.join() === [...this.#inputs.keys()].join()) return;
    for (const [name, input] of this.#inputs) this.#texts.set(name, input.value);
    this.#inputs = new Map(names.map(name => [name, this.#input(name)]));
    const rows = [...this.#inputs].map(([name, input]) => field(h('code', {}, name), input));
    fill(this, rows.length > 0 && h('fieldset', { class: 'variables' }, h('legend', {}, 'Variables'), rows));
  }

  /** The fields by their place in the input: `variables/hp/max`. */
  get controls() {
    return [...this.#inputs].map(([name, input]) => [`variables/${name.replaceAll('.', '/')}`, input]);
  }

  /** The values as the server takes them, without complaining; null where one is no number. */
  get values() {
    const flat = Object.fromEntries([...this.#inputs].map(([name, input]) => [name, parseNumber(input.value)]));
    return Object.values(flat).includes(null) ? null : nestVariables(flat);
  }

  /** The values as the server takes them; null, with the complaint at its field, where one is no number. */
  read() {
    const flat = {};
    for (const [name, input] of this.#inputs) {
      flat[name] = parseNumber(input.value);
      if (flat[name] !== null) continue;
      complain(input, ['Write a number, such as 4 or −1.5.']);
      input.focus();
      return null;
    }
    return nestVariables(flat);
  }

  #input(name) {
    const value = this.#texts.get(name) ?? '';
    return h('input', { class: 'input', inputmode: 'decimal', autocomplete: 'off', value });
  }
}

customElements.define('x-variables', Variables);
