// <x-budgets>: what may be spent on models, with what is gone of it: set, changed, removed.

import { h, fill } from '../lib/h.js';
import { button, complain, field, icon, said, setBusy, status } from '../lib/ui.js';
import { request } from '../lib/api.js';
import { budgetEnd, budgetName, budgetParts, budgetState, budgetWords, dollarsOf, microsOf, periods }
  from '../lib/budgets.js';
import { explain } from '../lib/problem.js';
import { Submission } from '../lib/submission.js';

const barWidth = 200;

export class Budgets extends HTMLElement {
  #names = {};
  #setting = new Submission(async (body, key) => (await request('PUT', '/budgets', { body, key })).data);

  connectedCallback() {
    if (this.list) return;
    this.list = h('div', { class: 'stack' }, h('p', { class: 'quiet' }, 'Loading…'));
    this.whose = h('select', { id: 'budget-whose', class: 'input' });
    this.period = h('select', { id: 'budget-period', class: 'input' }, periods.map(([value, text]) => h('option', { value }, text)));
    this.period.value = 'month';
    this.limit = h('input', { id: 'budget-limit', class: 'input', inputmode: 'decimal', autocomplete: 'off', maxlength: 20,
      oninput: () => complain(this.limit) });
    this.send = h('button', { type: 'submit', class: 'btn primary' }, icon('coin'), h('span', {}, 'Set the budget'));
    this.form = h('details', { class: 'block' }, h('summary', {}, 'Set a budget'),
      h('form', { class: 'stack', novalidate: true, onsubmit: event => { event.preventDefault(); this.#set(); } },
        h('div', { class: 'budget-fields' }, field('Whose', this.whose), field('How long it lasts', this.period),
          field('Dollars', this.limit)),
        h('p', { class: 'small faint' },
          'A call whose most could be more than what is left is refused before anybody is asked. So is one whose price is not known. Setting it again changes the limit.'),
        h('div', { class: 'rowy' }, this.send)));
    fill(this, this.list, this.form);
  }

  /** `{ items, names, isOwner, me }`: the budgets, and what people and keys are called. */
  set state({ items, names, isOwner, me }) {
    this.#names = names;
    this.form.hidden = !isOwner;
    const hadFocus = this.list.contains(document.activeElement);
    fill(this.list, items.length ? h('ul', { class: 'rows' }, items.map(one => this.#row(one, isOwner)))
      : h('p', { class: 'quiet' }, 'No budget bounds what models may cost.'));
    if (hadFocus) this.form.querySelector('summary').focus();
    if (!this.form.contains(document.activeElement)) this.#offer(me);
  }

  #offer(me) {
    const chosen = this.whose.value;
    const { keys = new Map() } = this.#names;
    fill(this.whose, h('option', { value: '' }, 'Everybody'),
      me && h('option', { value: `person ${me.id}` }, `${me.name} alone`),
      [...keys].map(([id, name]) => h('option', { value: `key ${id}` }, `Key ${name}`)));
    if ([...this.whose.options].some(option => option.value === chosen)) this.whose.value = chosen;
  }

  #row(budget, isOwner) {
    const state = budgetState(budget);
    const name = budgetName(budget, this.#names);
    return h('li', { class: 'budget-item' },
      h('div', { class: 'grow' },
        h('p', { class: 'rowy wrap' }, h('b', {}, said(name)), state && status(...state)),
        meter(budget, state?.[2]),
        h('p', { class: 'small quiet' }, `${budgetWords(budget)}; ${budgetEnd(budget)}.`)),
      isOwner && button('Change', { kind: 'bare small', 'aria-label': `Change ${name}`, onclick: () => this.#change(budget) }),
      isOwner && button('Remove', {
        kind: 'bare small', 'aria-label': `Remove ${name}`, onclick: () => this.#remove(budget, name),
      }));
  }

  #change({ person, key, period, limitMicros }) {
    this.form.open = true;
    const value = key ? `key ${key}` : person ? `person ${person}` : '';
    if (![...this.whose.options].some(option => option.value === value)) {
      this.whose.append(h('option', { value }, budgetName({ person, key, period }, this.#names).split(', ')[0]));
    }
    this.whose.value = value;
    this.period.value = period;
    this.limit.value = dollarsOf(limitMicros);
    this.limit.focus();
    this.limit.select();
  }

  async #set() {
    const limitMicros = microsOf(this.limit.value);
    if (limitMicros === null) {
      complain(this.limit, ['An amount is 50, or 12.50.']);
      return this.limit.focus();
    }
    const [kind, id] = this.whose.value.split(' ');
    setBusy(this.send, true);
    try {
      const answer = await this.#setting.send({ ...kind && { [kind]: id }, period: this.period.value, limitMicros });
      if (!answer) return;
      this.limit.value = '';
      this.form.open = false;
      this.#done(`Set: ${budgetName(answer.budget, this.#names)}.`, answer.journal);
      this.form.querySelector('summary').focus();
    } catch (problem) {
      complain(this.limit, [problem.errors[0]?.message ?? explain(problem)]);
    } finally {
      setBusy(this.send, false);
    }
  }

  async #remove(budget, name) {
    try {
      const { data } = await request('DELETE', `/budgets/${budget.id}`);
      this.#done(`Removed: ${name}.`, data.journal);
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

customElements.define('x-budgets', Budgets);

/** How much is gone; the words beside it say the same. */
function meter(budget, tone = '') {
  const { spent, held } = budgetParts(budget);
  return h('svg', { class: `meter ${tone}`, viewBox: `0 0 ${barWidth} 4`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect', { class: 'track', x: 0, y: 0, width: barWidth, height: 4 }),
    h('rect', { class: 'value', x: 0, y: 0, width: spent * barWidth, height: 4 }),
    h('rect', { class: 'held', x: spent * barWidth, y: 0, width: held * barWidth, height: 4 }));
}
