// <x-key-form>: a key, whose it is said while it is typed, checked by the server before it is kept. Fires `connected`
// with the connection.

import { h, fill } from '../lib/h.js';
import { icon, setBusy } from '../lib/ui.js';
import { post } from '../lib/api.js';
import { isNoKey, keyWords } from '../lib/key-shapes.js';
import { explain } from '../lib/problem.js';

export class KeyForm extends HTMLElement {
  #checked = null;

  connectedCallback() {
    if (this.form) return;
    this.key = h('input', {
      id: 'key', class: 'input mono', type: 'password', autocomplete: 'off', spellcheck: 'false',
      autocapitalize: 'none',
      maxlength: 400, placeholder: 'sk-…', 'aria-describedby': 'key-note', oninput: () => this.#typed(),
    });
    this.address = h('input', {
      id: 'address', class: 'input mono', type: 'url', autocomplete: 'off', spellcheck: 'false', maxlength: 400,
      'aria-describedby': 'address-hint', oninput: () => this.#typed(),
    });
    this.note = h('p', { class: 'hint key-note', id: 'key-note', 'aria-live': 'polite' });
    this.send = h('button', { type: 'submit', class: 'btn primary' }, h('span', {}, 'Check'));
    this.choice = h('div', { class: 'key-choice', hidden: true });
    this.form = h('form',
      { class: 'stack', novalidate: true, onsubmit: event => { event.preventDefault(); this.#check(); } },
      h('div', { class: 'field' }, h('label', { for: 'key' }, 'Key of a provider'),
        h('div', { class: 'key-row' }, this.key, this.send), this.note),
      h('details', {}, h('summary', { class: 'small' }, 'Another service, or a server of your own'),
        h('div', { class: 'field' }, h('label', { for: 'address' }, 'Address'), this.address,
          h('p', { class: 'hint', id: 'address-hint' },
            'Of any service that speaks the OpenAI protocol; it often ends in /v1. A key only where one is wanted.'))));
    fill(this, this.form, this.choice);
    this.#typed();
  }

  #typed() {
    this.#checked = null;
    this.choice.hidden = true;
    this.send.classList.add('primary');
    const words = this.address.value.trim() && !this.key.value ? { tone: '', text: 'Checked at the address below.' }
      : keyWords(this.key.value);
    this.#say(words.tone, words.text);
  }

  #say(tone, text) {
    this.note.dataset.tone = tone;
    const name = { ok: 'done', warn: 'info', bad: 'alert' }[tone];
    fill(this.note, name && icon(name), name && ' ', text);
  }

  async #check() {
    const key = this.key.value.trim();
    const baseURL = this.address.value.trim();
    if (!key && !baseURL) {
      this.#say('bad', 'Paste a key, or give the address of a server.');
      return this.key.focus();
    }
    if (isNoKey(key)) return this.#say('bad', 'A key holds no spaces and no letters with accents. Copy it once more.');
    if (this.send.getAttribute('aria-disabled') === 'true') return;
    setBusy(this.send, true);
    this.#say('', 'Asking the provider…');
    try {
      const check = await post('/model-checks', { ...key && { key }, ...baseURL && { baseURL } });
      if (check.isUsable) this.#offer(check);
      else this.#say('warn', check.message);
    } catch (problem) {
      this.#say('bad', problem.errors?.[0]?.message ?? explain(problem));
    } finally {
      setBusy(this.send, false);
    }
  }

  /** The key is good: which of its models? */
  #offer(check) {
    this.#checked = check;
    this.#say('ok', check.message);
    const id = 'key-model';
    // A service that lists no models is told by name which one.
    const model = check.models.length
      ? h('select', { id, class: 'input' }, check.models.map(one => h('option', { value: one }, one)))
      : h('input', { id, class: 'input mono', autocomplete: 'off', spellcheck: 'false', maxlength: 200 });
    const use = h('button',
      { type: 'button', class: 'btn primary', onclick: () => this.#connect(model.value.trim(), use) },
      h('span', {}, 'Use it'));
    fill(this.choice, h('div', { class: 'field-row' }, h('div', { class: 'field' },
      h('label', { for: id }, `Model of ${check.provider}`), model), use));
    this.choice.hidden = false;
    this.send.classList.remove('primary');
    model.focus();
  }

  async #connect(model, use) {
    if (!model || use.getAttribute('aria-disabled') === 'true') return;
    setBusy(use, true);
    const key = this.key.value.trim();
    try {
      const connection = await post('/model-connections', { baseURL: this.#checked.baseURL, model, ...key && { key } });
      this.key.value = '';
      this.address.value = '';
      this.#typed();
      this.dispatchEvent(new CustomEvent('connected', { detail: connection }));
    } catch (problem) {
      this.#say('bad', problem.errors?.[0]?.message ?? explain(problem));
    } finally {
      setBusy(use, false);
    }
  }
}

customElements.define('x-key-form', KeyForm);
