// <x-step>: one step of a proposal as a form made of its operation's schema. Fires `change` with `{ id, changes }`,
// `move` with `{ id, by }`, `remove` with `{ id }` and `repair` with `{ id, fault }`.

import { h, fill } from '../lib/h.js';
import { icon, iconButton, uid } from '../lib/ui.js';
import { sentence } from '../lib/field-errors.js';
import { repairOf } from '../lib/proposal-faults.js';
import { sceneChoices, sceneSuggestions } from '../lib/scene-choices.js';
import { fieldControl } from '../lib/field-controls.js';

export class Step extends HTMLElement {
  #shown = null;
  #drawn = '';
  #controls = new Map();

  /**
   * Shows a step: `{ step, number, count, facts, fields, campaign, references, faults }`, `references` being choices by
   * field and `faults` as `lib/proposal-faults.js` sorts them. What is being written in is left alone.
   */
  show(shown) {
    this.#shown = shown;
    const { step, number, count, references } = shown;
    // Everything that changes which controls there are, or what they offer.
    const drawn = JSON.stringify([step.id, number, count, references, step.refs, step.values.creature,
      step.values.attacker, shown.redraw]);
    if (drawn !== this.#drawn) this.#draw();
    this.#drawn = drawn;
    this.#complain();
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { id: this.#shown.step.id, ...detail } }));
  }

  #draw() {
    const { step, number, count, facts, fields } = this.#shown;
    const focused = this.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    const caret = focused && document.activeElement.localName !== 'select' ? document.activeElement.selectionStart
      : null;
    this.#controls.clear();
    const isFirst = one => one.isRequired || one.sources.length > 0 || one.kind === 'list';
    const rest = fields.filter(one => !isFirst(one));
    const isUsed = rest.some(one => step.values[one.name] !== undefined && step.values[one.name] !== '');
    fill(this,
      h('div', { class: 'step-head' },
        h('h3', { class: 'grow' }, h('span', { class: 'faint' }, `${number} `), facts.title),
        iconButton(`Move step ${number} up`, 'up', { disabled: number === 1, 'data-place': 'up',
          onclick: () => this.#fire('move', { by: -1 }) }),
        iconButton(`Move step ${number} down`, 'down', { disabled: number === count, 'data-place': 'down',
          onclick: () => this.#fire('move', { by: 1 }) }),
        iconButton(`Remove step ${number}`, 'x', { onclick: () => this.#fire('remove', {}) })),
      h('p', { class: 'small faint' }, facts.summary),
      this.general = h('div', { class: 'stack' }),
      h('div', { class: 'step-fields' }, fields.filter(isFirst).map(one => this.#field(one))),
      this.more = h('details', { open: isUsed }, h('summary', { class: 'small' }, 'More'),
        h('div', { class: 'step-fields' }, rest.map(one => this.#field(one)), this.#result())));
    if (!focused) return;
    const control = this.querySelector(`[data-place="${focused}"]`);
    control?.focus({ preventScroll: true });
    if (caret != null) control?.setSelectionRange?.(caret, caret);
  }

  #field(field) {
    const { step, campaign, references } = this.#shown;
    const place = `${step.id}-${field.name}`;
    const name = field.isRequired || field.kind === 'reference' ? field.label
      : h('span', {}, field.label, h('span', { class: 'faint' }, ' (optional)'));
    const set = value => this.#fire('change',
      { changes: { values: { ...this.#shown.step.values, [field.name]: value } } });
    const refer = key => {
      const refs = { ...this.#shown.step.refs };
      if (key) refs[field.name] = key;
      else delete refs[field.name];
      this.#fire('change', { changes: { refs } });
    };
    const choices = references[field.name];
    const source = field.sources.length > 0
      && (choices.length > 0 || field.kind === 'reference' || step.refs[field.name])
      && reference(field, choices, step.refs[field.name], place, refer);
    const isReferred = Boolean(step.refs[field.name]) || field.kind === 'reference';
    const offered = sceneChoices(field.name, campaign, step.values);
    const control = isReferred ? null : fieldControl(field, step.values[field.name], {
      place, choices: offered, suggestions: sceneSuggestions(field.name, campaign), set,
    });
    const line = h('div', { class: 'hint', id: uid('hint') });
    // What is chosen from a list needs no word about ids.
    line.dataset.hint = offered ? '' : field.hint;
    const target = control?.target ?? source;
    target.setAttribute('aria-describedby', line.id);
    this.#controls.set(field.name, { target, line });
    const isGroup = control?.isGroup ?? false;
    return h(isGroup ? 'fieldset' : 'div', { class: 'field', 'data-field': field.name, 'data-kind': field.kind },
      isGroup ? h('legend', {}, name) : h('label', { for: target.id }, name), source, control?.node, line);
  }

  #result() {
    const { step } = this.#shown;
    const key = h('input', {
      id: uid('key'), class: 'input mono', value: step.key, maxlength: 64, autocomplete: 'off', spellcheck: 'false',
      'data-place': `${step.id}-key`,
      oninput: event => this.#fire('change', { changes: { key: event.target.value } }),
    });
    const line = h('div', { class: 'hint', id: uid('hint') });
    line.dataset.hint = 'What later steps call this result.';
    key.setAttribute('aria-describedby', line.id);
    this.#controls.set('result_key', { target: key, line });
    return [
      h('div', { class: 'field' }, h('label', { for: key.id }, 'Name of the result'), key, line),
      h('label', { class: 'check' }, h('input', {
        type: 'checkbox', checked: step.isRequired, 'data-place': `${step.id}-required`,
        onchange: event => this.#fire('change', { changes: { isRequired: event.target.checked } }),
      }), 'Required: if it fails, nothing of the proposal is done'),
    ];
  }

  /** Says at each field what is wrong with it, and takes back what no longer is. */
  #complain() {
    const { fields, rest } = this.#shown.faults;
    for (const [name, { target, line }] of this.#controls) {
      const faults = fields[name] ?? [];
      if (faults.length) target.setAttribute('aria-invalid', 'true');
      else target.removeAttribute('aria-invalid');
      line.classList.toggle('bad', faults.length > 0);
      fill(line, faults.length ? faults.map(fault => this.#fault(fault)) : line.dataset.hint);
      if (faults.length && this.more.contains(target)) this.more.open = true;
    }
    fill(this.general, rest.map(fault => h('div', { class: 'form-error' }, icon('alert'),
      h('div', {}, this.#fault(fault)))));
    this.toggleAttribute('data-wrong', rest.length > 0 || Object.keys(fields).length > 0);
  }

  #fault(fault) {
    const repair = repairOf(fault);
    return h('div', { class: 'fault' }, h('span', {}, sentence(fault)), repair !== null && h('button', {
      type: 'button', class: 'btn small repair', onclick: () => this.#fire('repair', { fault }),
    }, icon('retry'), h('span', {}, `Use ${repair}`)));
  }
}

customElements.define('x-step', Step);

/** Where a value comes from: written here, or the result of an earlier step. */
function reference(field, choices, chosen, place, refer) {
  const isGone = chosen && !choices.some(([key]) => key === chosen);
  const none = field.kind === 'reference' ? '—' : 'A value of its own';
  return h('select', {
    id: uid('from'), class: 'input', 'data-place': `${place}-from`, 'aria-label': `${field.label}: where it comes from`,
    onchange: event => refer(event.target.value),
  }, h('option', { value: '' }, none),
    choices.map(([key, text]) => h('option', { value: key, selected: key === chosen }, text)),
  isGone && h('option', { value: chosen, selected: true }, `${chosen} (no earlier step)`));
}
