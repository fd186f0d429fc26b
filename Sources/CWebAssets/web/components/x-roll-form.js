// <x-roll-form>: formula, dice pad, variables, purpose. Fires `roll` and `sample` with the operation's input, `written`
// when a formula was put in.

import { h, fill } from '../lib/h.js';
import { button, complain, dieShape, field, icon, kbd, setBusy } from '../lib/ui.js';
import { addDie } from '../lib/notation.js';

const sides = [4, 6, 8, 10, 12, 20, 100];
const hint = 'kh3 keeps the highest three, [fire] names a part, {level} is a variable.';

export class RollForm extends HTMLElement {
  variables = null;
  dialect = 'native';

  connectedCallback() {
    if (this.form) return;
    this.notation = h('input', {
      id: 'notation', class: 'input big mono', value: '8d6', maxlength: 512, spellcheck: 'false', autocomplete: 'off',
      autocapitalize: 'none', enterkeyhint: 'go', oninput: () => this.#changed(),
    });
    this.purpose = h('input', { id: 'purpose', class: 'input', maxlength: 200, autocomplete: 'off', dir: 'auto' });
    this.purposeField = field('What for (optional)', this.purpose);
    this.general = h('p', { class: 'form-error', hidden: true, role: 'alert' });
    this.rollButton = h('button', { type: 'submit', class: 'btn primary tall' },
      icon('dice'), h('span', {}, 'Roll'), kbd('Enter'));
    this.sampleButton = button('Try (sample)', { icon: 'sample', kind: 'tall', onclick: () => this.#fire('sample') });
    this.viewer = h('p', { class: 'quiet', hidden: true }, icon('info'),
      ' You are a viewer here: you see every roll as it happens; editors and owners roll.');
    const notation = field('Formula', this.notation, hint);
    notation.classList.add('notation');
    const submit = event => {
      event.preventDefault();
      this.#fire('roll');
    };
    this.form = h('form', { class: 'roll-form', novalidate: true, onsubmit: submit },
      notation, this.#pad(), this.purposeField,
      h('div', { class: 'rowy wrap' }, this.rollButton, this.sampleButton), this.viewer, this.general);
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
    this.sampleButton.disabled = !isAllowed;
    this.viewer.hidden = isAllowed;
  }

  /** Says at the fields what the server refused and focuses the first of them; `text` says what has no field. */
  async refuse(problem, text) {
    if (!problem.errors?.length) return this.#say(text);
    const { fieldErrors } = await import('../lib/field-errors.js');
    const controls = this.#controls();
    const { fields, rest } = fieldErrors(problem, controls.map(([name]) => name));
    for (const [name, control] of controls) complain(control, fields[name]);
    this.#say(rest.join(' '));
    controls.find(([name]) => fields[name])?.[1].focus();
  }

  /** Takes back every complaint. */
  accept() {
    for (const [, control] of this.#controls()) complain(control);
    this.#say('');
  }

  #pad() {
    const key = (label, onclick, drawing, text) =>
      h('button', { type: 'button', class: 'pad', 'aria-label': label, onclick }, drawing, h('span', {}, text));
    return h('div', { class: 'dice-pad', role: 'group', 'aria-label': 'Add a die' },
      sides.map(one => key(`Add a d${one}`, () => this.#add(one), dieShape(one), `d${one}`)),
      key('Clear the formula', () => this.write(''), icon('x'), 'clear'));
  }

  #add(one) {
    this.notation.value = addDie(this.notation.value, one);
    this.#changed();
    this.closest('x-shell')?.announce(`Formula: ${this.notation.value}`);
  }

  /** What is written, whether or not it can be rolled. */
  get dice() {
    const dice = { notation: this.notation.value.trim(), ...this.dialect !== 'native' && { dialect: this.dialect } };
    return this.variables ? { ...dice, variables: this.variables.values } : dice;
  }

  #changed() {
    complain(this.notation);
    if (this.variables || /[{@]/.test(this.notation.value)) this.#showVariables();
    this.dispatchEvent(new CustomEvent('written'));
  }

  async #showVariables() {
    if (!this.variables) {
      this.variables = h('x-variables');
      this.purposeField.before(this.variables);
    }
    await import('./x-variables.js');
    this.variables.show(this.dice);
  }

  #fire(name) {
    if (this.rollButton.disabled || this.rollButton.getAttribute('aria-disabled') === 'true') return;
    this.accept();
    const input = this.#input();
    if (input) this.dispatchEvent(new CustomEvent(name, { detail: input }));
  }

  /** What the server takes; null, with the complaint at its field, where it would surely refuse. */
  #input() {
    const { notation, dialect } = this.dice;
    const purpose = this.purpose.value.trim();
    if (!notation) return this.#demand(this.notation, 'Write a formula, for example 8d6 or 2d20kh1+5.');
    const input = { notation, ...dialect && { dialect }, ...purpose && { purpose } };
    if (!this.#controls().some(([name]) => name.startsWith('variables/'))) return input;
    const variables = this.variables.read();
    return variables && { ...input, variables };
  }

  /** The fields by their place in the input. */
  #controls() {
    return [['notation', this.notation], ['purpose', this.purpose], ...this.variables?.controls ?? []];
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
