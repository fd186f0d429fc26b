// <x-routes>: names for models that are asked in order, and which surface uses which: set, changed, removed.

import { h, fill } from '../lib/h.js';
import { button, complain, field, icon, iconButton, said, setBusy } from '../lib/ui.js';
import { request } from '../lib/api.js';
import { explain } from '../lib/problem.js';
import { entryChoices, entryOf, entryValue, numbers, orderWords, patienceWords, readNumbers, surfaces }
  from '../lib/routes.js';
import { Submission } from '../lib/submission.js';

const entriesMax = 8;

export class Routes extends HTMLElement {
  #models = {};
  #setting = new Submission(async ({ name, ...body }, key) =>
    (await request('PUT', `/routes/${encodeURIComponent(name)}`, { body, key })).data);

  connectedCallback() {
    if (this.list) return;
    this.list = h('div', { class: 'stack' }, h('p', { class: 'quiet' }, 'Loading…'));
    this.users = h('div', { class: 'route-users' });
    this.name = h('input', { id: 'route-name', class: 'input', autocomplete: 'off', spellcheck: 'false', maxlength: 48,
      oninput: () => complain(this.name) });
    this.entries = h('ol', { class: 'route-entries' });
    this.add = button('Add a model', { icon: 'plus', kind: 'small', onclick: () => this.#added() });
    this.goesOn = h('input', { type: 'checkbox', id: 'route-goes-on' });
    this.inputs = new Map(numbers.map(([name]) => [name, h('input', {
      id: `route-${name}`, class: 'input', inputmode: 'numeric', autocomplete: 'off', maxlength: 9,
      oninput: event => complain(event.target),
    })]));
    this.patience = h('details', {}, h('summary', {}, 'How patiently'),
      h('div', { class: 'route-numbers' },
        numbers.map(([name, label, usual]) =>
          field(label, this.inputs.get(name), `Left out: ${usual}.`))),
      h('p', {}, h('label', { class: 'rowy' }, this.goesOn,
        h('span', {}, 'Have a model go on with an answer that broke off'))));
    this.send = h('button', { type: 'submit', class: 'btn primary' }, icon('done'), h('span', {}, 'Set the route'));
    this.form = h('details', { class: 'block' }, h('summary', {}, 'Set a route'),
      h('form', { class: 'stack', novalidate: true, onsubmit: event => { event.preventDefault(); this.#set(); } },
        field('Name', this.name, 'Lower-case letters, digits, “.”, “_” and “-”: fast, careful.'),
        h('fieldset', { class: 'stack route-order' }, h('legend', { class: 'field-name' }, 'Asked in this order'),
          this.entries, h('div', { class: 'rowy' }, this.add)),
        this.patience,
        h('div', { class: 'rowy' }, this.send)));
    fill(this, this.list, this.users, this.form);
  }

  /** `{ items, assignments, models, isOwner }`: the routes, who uses them, and what they can be made of. */
  set state({ items, assignments, models, isOwner }) {
    this.#models = models;
    this.form.hidden = !isOwner;
    const hadFocus = this.list.contains(document.activeElement);
    fill(this.list, items.length ? h('ul', { class: 'rows' }, items.map(one => this.#row(one, isOwner)))
      : h('p', { class: 'quiet' }, 'No route yet: everything asks the chosen model.'));
    this.#showUsers(items, assignments, isOwner);
    if (hadFocus) this.form.querySelector('summary').focus();
    // What can be chosen may have changed; what was chosen stays.
    const chosen = this.#chosen();
    if (!this.entries.contains(document.activeElement)) this.#show(chosen.length ? chosen : [{ model: 'built-in' }]);
  }

  #row(route, isOwner) {
    const patience = patienceWords(route);
    return h('li', {},
      h('div', { class: 'grow' },
        h('p', {}, h('b', {}, said(route.name))),
        h('p', { class: 'small quiet' }, said(orderWords(route, this.#models))),
        patience && h('p', { class: 'small faint' }, patience)),
      isOwner && button('Change', { kind: 'bare small', 'aria-label': `Change ${route.name}`, onclick: () => this.#change(route) }),
      isOwner && button('Remove', {
        kind: 'bare small', 'aria-label': `Remove ${route.name}`, onclick: () => this.#remove(route),
      }));
  }

  #showUsers(items, assignments, isOwner) {
    this.users.hidden = !items.length;
    if (this.users.contains(document.activeElement)) return;
    fill(this.users, surfaces.map(([surface, title]) => {
      const used = assignments.find(one => one.surface === surface)?.route ?? '';
      if (!isOwner) return h('p', { class: 'small' }, `${title} asks ${used || 'the chosen model'}.`);
      const id = `route-of-${surface}`;
      return h('div', { class: 'look-row' }, h('label', { for: id }, `${title} asks`),
        h('select', { id, class: 'input', onchange: event => this.#assign(surface, title, event.target) },
          h('option', { value: '' }, 'The chosen model'),
          items.map(({ name }) => h('option', { value: name, selected: name === used }, name))));
    }));
  }

  /** The entries that are in the form. */
  #chosen() {
    return [...this.entries.querySelectorAll('select')].map(select => entryOf(select.value));
  }

  #show(entries) {
    fill(this.entries, entries.map(entry => this.#entry(entryValue(entry))));
    this.#renumber();
  }

  #entry(value) {
    const select = h('select', { class: 'input' }, entryChoices(this.#models).map(({ title, options }) =>
      h('optgroup', { label: title }, options.map(([one, text]) => h('option', { value: one, selected: one === value }, text)))));
    const item = h('li', { class: 'rowy' }, select,
      iconButton('Ask earlier', 'up', { onclick: () => this.#move(item) }),
      iconButton('Take out', 'x', { onclick: () => this.#takeOut(item) }));
    return item;
  }

  #added() {
    const used = new Set([...this.entries.querySelectorAll('select')].map(select => select.value));
    const free = entryChoices(this.#models).flatMap(group => group.options).find(([value]) => !used.has(value));
    const item = this.#entry(free?.[0] ?? 'built-in');
    this.entries.append(item);
    this.#renumber();
    item.querySelector('select').focus();
  }

  #move(item) {
    item.previousElementSibling?.before(item);
    this.#renumber();
    const up = item.querySelector('button');
    (up.disabled ? item.querySelector('select') : up).focus();
  }

  #takeOut(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    this.#renumber();
    (next?.querySelector('select') ?? this.add).focus();
  }

  #renumber() {
    const items = [...this.entries.children];
    items.forEach((item, place) => {
      item.querySelector('select').setAttribute('aria-label', `Model ${place + 1}`);
      const [up, out] = item.querySelectorAll('button');
      up.disabled = place === 0;
      out.disabled = items.length === 1;
    });
    this.add.disabled = items.length >= entriesMax;
  }

  #change(route) {
    this.form.open = true;
    this.name.value = route.name;
    this.#show(route.entries);
    for (const [name, input] of this.inputs) {
      input.value = route[name] ?? '';
      complain(input);
    }
    this.goesOn.checked = route.goesOn === true;
    this.patience.open = patienceWords(route) !== '';
    this.name.focus();
  }

  async #set() {
    const { values, faults } = readNumbers(Object.fromEntries([...this.inputs].map(([name, input]) => [name, input.value])));
    for (const [name, message] of faults ?? []) complain(this.inputs.get(name), [message]);
    if (faults) {
      this.patience.open = true;
      return this.inputs.get(faults[0][0]).focus();
    }
    if (!/^[a-z][a-z0-9._-]{0,47}$/.test(this.name.value.trim())) {
      complain(this.name, ['A name is 1 to 48 lower-case letters, digits, “.”, “_” and “-”, and begins with a letter.']);
      return this.name.focus();
    }
    setBusy(this.send, true);
    try {
      const entries = this.#chosen();
      const answer = await this.#setting.send({
        name: this.name.value.trim(), entries, ...values, ...this.goesOn.checked && { goesOn: true },
      });
      if (!answer) return;
      this.form.open = false;
      this.#clear();
      this.#done(`Set: the route ${answer.route.name}.`, answer.journal);
      this.form.querySelector('summary').focus();
    } catch (problem) {
      complain(this.name, [problem.errors[0]?.message ?? explain(problem)]);
      this.name.focus();
    } finally {
      setBusy(this.send, false);
    }
  }

  #clear() {
    this.name.value = '';
    for (const input of this.inputs.values()) input.value = '';
    this.goesOn.checked = false;
    this.#show([{ model: 'built-in' }]);
  }

  async #assign(surface, title, select) {
    const route = select.value;
    try {
      const { data } = await request('PUT', `/route-assignments/${surface}`, { body: route ? { route } : {} });
      this.#done(`${title} asks ${route || 'the chosen model'}.`, data.journal);
    } catch (problem) {
      this.closest('x-shell').toast(explain(problem), { tone: 'bad' });
      this.dispatchEvent(new CustomEvent('changed'));
    }
  }

  async #remove({ name }) {
    try {
      const { data } = await request('DELETE', `/routes/${encodeURIComponent(name)}`);
      this.#done(`Removed: the route ${name}.`, data.journal);
    } catch (problem) {
      this.closest('x-shell').toast(explain(problem), { tone: 'bad' });
    }
  }

  /** Says what was done, and offers to take it back. */
  #done(words, journal) {
    const shell = this.closest('x-shell');
    const changed = () => this.dispatchEvent(new CustomEvent('changed'));
    shell.toast(words, {
      action: { title: 'Undo', run: () => shell.undo(journal.number, words, { done: changed, redone: changed }) },
    });
    changed();
  }
}

customElements.define('x-routes', Routes);
