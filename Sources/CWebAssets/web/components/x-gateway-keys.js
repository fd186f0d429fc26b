// <x-gateway-keys>: the keys with which programs ask models: made, shown once, and revoked.

import { h, fill } from '../lib/h.js';
import { button, complain, field, icon, said, segmented, setBusy, status } from '../lib/ui.js';
import { post, request } from '../lib/api.js';
import { confirm } from '../lib/confirm.js';
import { fieldErrors } from '../lib/field-errors.js';
import { endOf, keyLine, keyTitle, modelsOf } from '../lib/gateway-keys.js';
import { plural } from '../lib/plural.js';
import { explain } from '../lib/problem.js';
import { Submission } from '../lib/submission.js';
import { showSecret } from './x-key-made.js';

export class GatewayKeys extends HTMLElement {
  #may = 'all';
  #isShown = false;
  #making = new Submission((input, key) => post('/gateway-keys', input, key));

  connectedCallback() {
    if (this.list) return;
    this.list = h('div', { class: 'stack' }, h('p', { class: 'quiet' }, 'Loading…'));
    this.name = h('input', { id: 'key-name', class: 'input', maxlength: 100, autocomplete: 'off', dir: 'auto',
      oninput: () => complain(this.name) });
    this.models = h('input', { id: 'key-models', class: 'input mono', autocomplete: 'off', spellcheck: 'false',
      oninput: () => complain(this.models) });
    this.modelsField = field('Their names, with commas between', this.models, 'As GET /v1/models names them.');
    this.modelsField.hidden = true;
    this.until = h('input', { id: 'key-until', class: 'input', type: 'date', oninput: () => complain(this.until) });
    this.make = h('button', { type: 'submit', class: 'btn primary' }, icon('key'), h('span', {}, 'Make the key'));
    this.problem = h('p', { class: 'form-error', role: 'alert', hidden: true });
    const may = segmented('What it may ask', [['all', 'Every model'], ['chosen', 'The chosen one'], ['some', 'These']],
      'all', value => { this.#may = value; this.modelsField.hidden = value !== 'some'; });
    this.form = h('details', { class: 'block key-new' }, h('summary', {}, 'Make a key'),
      h('form', { class: 'stack', novalidate: true, onsubmit: event => { event.preventDefault(); this.#make(); } },
        field('What to call it', this.name, 'The program that will use it, say.'),
        h('div', { class: 'field' }, h('span', { class: 'field-name', 'aria-hidden': 'true' }, 'What it may ask'), may),
        this.modelsField,
        field('Until', this.until, 'It ends as this day begins (UTC). Left empty: never.'),
        this.problem, h('div', { class: 'rowy' }, this.make)));
    fill(this, this.list, this.form);
  }

  /** Shows the keys; null for somebody who may not see them. */
  set keys(keys) {
    this.form.hidden = keys === null;
    if (keys === null) return fill(this.list, h('p', { class: 'quiet' }, 'Only an owner sees keys.'));
    const standing = keys.filter(key => !endOf(key));
    const over = keys.filter(key => endOf(key)).reverse();
    const hadFocus = this.list.contains(document.activeElement);
    const isOpen = this.list.querySelector('details')?.open ?? false;
    fill(this.list,
      standing.length ? h('ul', { class: 'rows' }, standing.map(key => this.#row(key)))
        : h('p', { class: 'quiet' },
          'There is no key. With one, programs that speak OpenAI’s or Anthropic’s protocol ask models through this server, ',
          'and the providers’ keys stay here.'),
      over.length > 0 && h('details', { class: 'block', open: isOpen },
        h('summary', {}, plural(over.length, 'key that is over', 'keys that are over')),
        h('ul', { class: 'rows' }, over.map(key => this.#row(key)))));
    if (hadFocus) this.form.querySelector('summary').focus();
    // Who has none wants one, the first time.
    if (!this.#isShown && !keys.length) this.form.open = true;
    this.#isShown = true;
  }

  #row(key) {
    const end = endOf(key);
    return h('li', { class: 'key-item' },
      h('div', { class: 'grow' },
        h('p', {}, h('b', {}, said(key.name)), ' ', h('code', { class: 'small faint' }, `…${key.hint}`)),
        h('p', { class: 'small faint', title: keyTitle(key) }, keyLine(key))),
      end && status('stop', end === 'revoked' ? 'Revoked' : 'Expired'),
      h('a', { class: 'btn bare small', href: `/calls?key=${key.id}`, 'aria-label': `Calls with ${key.name}` }, 'Calls'),
      !end && button('Revoke…', {
        kind: 'bare small', 'aria-label': `Revoke ${key.name}`, onclick: () => this.#revoke(key),
      }));
  }

  async #make() {
    const name = this.name.value.trim();
    const models = this.#may === 'all' ? [] : this.#may === 'chosen' ? ['default'] : modelsOf(this.models.value);
    this.problem.hidden = true;
    if (!name) return this.#refuse(this.name, 'Say what it is for.');
    if (this.#may === 'some' && !models.length) return this.#refuse(this.models, 'Name a model, or choose every model.');
    setBusy(this.make, true);
    try {
      const made = await this.#making.send({
        name, models, ...this.until.value && { expiresAt: `${this.until.value}T00:00:00Z` },
      });
      if (!made) return;
      for (const one of [this.name, this.models, this.until]) one.value = '';
      this.form.open = false;
      await showSecret(made);
      this.dispatchEvent(new CustomEvent('changed'));
      this.form.querySelector('summary').focus();
    } catch (problem) {
      this.#explain(problem);
    } finally {
      setBusy(this.make, false);
    }
  }

  #refuse(control, words) {
    complain(control, [words]);
    control.focus();
  }

  #explain(problem) {
    const { fields, rest } = fieldErrors(problem, ['name', 'models', 'expiresAt']);
    complain(this.name, fields.name);
    complain(this.models, fields.models);
    complain(this.until, fields.expiresAt);
    if (!problem.errors.length || rest.length) {
      this.problem.hidden = false;
      fill(this.problem, icon('alert'), h('span', {}, problem.errors.length ? rest.join(' ') : explain(problem)));
    }
  }

  async #revoke(key) {
    const goOn = await confirm({
      title: `Revoke ${key.name}?`, verb: 'Revoke',
      text: h('p', {}, 'The next call with it is refused. Nothing brings it back; another key can be made at any time.'),
    });
    if (!goOn) return;
    try {
      await request('DELETE', `/gateway-keys/${key.id}`);
      this.closest('x-shell').toast(`${key.name} is revoked.`);
    } catch (problem) {
      this.closest('x-shell').toast(explain(problem), { tone: 'bad' });
    }
    this.dispatchEvent(new CustomEvent('changed'));
  }
}

customElements.define('x-gateway-keys', GatewayKeys);
