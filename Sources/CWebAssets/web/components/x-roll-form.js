// <x-roll-form>: formula, dice pad, variables, purpose. Fires `roll` and `sample` with `{ notation, purpose, variables }`.

import { h, fill } from '../lib/h.js';
import { button, complain, dieShape, field, icon, kbd, setBusy } from '../lib/ui.js';
import { addDie, nestVariables, parseNumber, templateNames } from '../lib/notation.js';
import { fieldErrors } from '../lib/problem.js';

const sides = [4, 6, 8, 10, 12, 20, 100];
const hint = 'kh3 keeps the highest three, dl1 drops the lowest. [fire] names a part. {level} is a variable.';

export class RollForm extends HTMLElement {
  #values = new Map();
  #inputs = new Map();

  connectedCallback() {
    if (this.form) return;
    this.notation = h('input', {
      id: 'notation', class: 'input big mono', value: '8d6', maxlength: 512, spellcheck: 'false', autocomplete: 'off',
      autocapitalize: 'none', enterkeyhint: 'go', oninput: () => this.#changed(),
    });
    this.purpose = h('input', { id: 'purpose', class: 'input', maxlength: 200, autocomplete: 'off', dir: 'auto' });
    this.variables = h('fieldset', { class: 'variables', hidden: true });
    this.general = h('p', { class: 'form-error', hidden: true, role: 'alert' });
    this.rollButton = h('button', { type: 'submit', class: 'btn primary tall' }, icon('dice'), h('span', {}, 'Roll'), kbd('Enter'));
    this.sampleButton = button('Try (sample)', { icon: 'sample', kind: 'tall', onclick: () => this.#fire('sample'), title: 'Rolls other dice and keeps nothing' });
    const notation = field('Formula', this.notation, hint);
    notation.classList.add('notation');
    this.form = h('form', { class: 'roll-form', novalidate: true, onsubmit: event => { event.preventDefault(); this.#fire('roll'); } },
      notation, this.#pad(), this.variables, field('What for (optional)', this.purpose),
      h('div', { class: 'rowy wrap' }, this.rollButton, this.sampleButton), this.general);
    this.append(this.form);
  }

  /** Puts a notation into the field, as an example or a repetition. */
  write(notation) {
    this.notation.value = notation;
    this.#changed();
    this.notation.focus();
  }

  /** While a request is under way the buttons wait; the fields can be written in. */
  set isBusy(isBusy) {
    setBusy(this.rollButton, isBusy);
    setBusy(this.sampleButton, isBusy);
    this.rollButton.querySelector('span').textContent = isBusy ? 'Rolling…' : 'Roll';
  }

  set isAllowed(isAllowed) {
    this.rollButton.disabled = !isAllowed;
    if (!isAllowed) this.#say('You are a viewer here: you see every roll, and may try samples; editors and owners roll.');
  }

  /** Says at the fields what the server refused, and takes the focus to the first of them. */
  refuse(problem, text, prefix = '') {
    const names = [...this.#inputs.keys()].map(name => [`variables/${name.replaceAll('.', '/')}`, this.#inputs.get(name)]);
    const controls = new Map([['notation', this.notation], ['purpose', this.purpose], ...names]);
    const { fields, rest } = fieldErrors(problem, [...controls.keys()], prefix);
    for (const [name, control] of controls) complain(control, fields[name]);
    const said = problem.errors.length ? rest.join(' ') : text;
    this.#say(said);
    const first = [...controls].find(([name]) => fields[name])?.[1];
    first?.focus();
  }

  /** Takes back every complaint. */
  accept() {
    for (const control of [this.notation, this.purpose, ...this.#inputs.values()]) complain(control);
    this.#say('');
  }

  #pad() {
    const pad = one => h('button', { type: 'button', class: 'pad', 'aria-label': `Add a d${one}`, onclick: () => this.#add(one) }, dieShape(one), h('span', {}, one === 100 ? 'd100' : `d${one}`));
    const clear = h('button', { type: 'button', class: 'pad', 'aria-label': 'Clear the formula', onclick: () => this.write('') }, icon('x'), h('span', {}, 'clear'));
    return h('div', { class: 'dice-pad', role: 'group', 'aria-label': 'Add a die' }, sides.map(pad), clear);
  }

  #add(one) {
    this.notation.value = addDie(this.notation.value, one);
    this.#changed();
    this.closest('x-shell')?.announce(`Formula: ${this.notation.value}`);
  }

  #changed() {
    complain(this.notation);
    const names = templateNames(this.notation.value);
    if (names.join() === [...this.#inputs.keys()].join()) return;
    for (const [name, input] of this.#inputs) this.#values.set(name, input.value);
    const rows = names.map(name => [name, h('input', {
      class: 'input', inputmode: 'decimal', autocomplete: 'off', value: this.#values.get(name) ?? '', 'aria-label': `Value of ${name}`,
    })]);
    this.#inputs = new Map(rows);
    this.variables.hidden = rows.length === 0;
    fill(this.variables, h('legend', {}, 'Variables'), rows.map(([name, input]) => field(h('code', {}, name), input)));
  }

  #fire(name) {
    if (this.rollButton.getAttribute('aria-disabled') === 'true' || name === 'roll' && this.rollButton.disabled) return;
    this.accept();
    const input = this.#input();
    if (input) this.dispatchEvent(new CustomEvent(name, { detail: input }));
  }

  /** What the server takes; null, with the complaint at its field, where it would surely refuse. */
  #input() {
    if (!this.notation.value.trim()) return this.#demand(this.notation, 'Write a formula, for example 8d6 or 2d20kh1+5.');
    const flat = {};
    for (const [name, control] of this.#inputs) {
      const value = parseNumber(control.value);
      if (value === null) return this.#demand(control, 'Write a number, such as 4 or −1.5.');
      flat[name] = value;
    }
    const input = { notation: this.notation.value.trim() };
    if (this.purpose.value.trim()) input.purpose = this.purpose.value.trim();
    if (this.#inputs.size) input.variables = nestVariables(flat);
    return input;
  }

  #demand(control, text) {
    complain(control, [text]);
    control.focus();
    return null;
  }

  #say(text) {
    this.general.hidden = !text;
    fill(this.general, text && [icon('alert'), h('span', {}, text)]);
  }
}

customElements.define('x-roll-form', RollForm);
