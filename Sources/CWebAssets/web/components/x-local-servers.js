// <x-local-servers>: model servers that were found on this machine, or where the configuration says that one may be. They are
// offered; nothing is sent to one unasked.
// Fires `connected` with the connection, and `found` with how many there are.

import { h, fill } from '../lib/h.js';
import { button, icon, setBusy, uid } from '../lib/ui.js';
import { get, post } from '../lib/api.js';
import { explain } from '../lib/problem.js';

export class LocalServers extends HTMLElement {
  async connectedCallback() {
    if (this.childElementCount) return;
    fill(this, h('p', { class: 'small faint' }, 'Looking on this machine…'));
    const { items } = await get('/local-servers').catch(() => ({ items: [] }));
    fill(this, items.length ? items.map(server => this.#offer(server))
      : h('p', { class: 'small faint' },
        'None was found on this machine. Ollama, LM Studio and llama.cpp are recognised when they run.'));
    this.dispatchEvent(new CustomEvent('found', { detail: items.length }));
  }

  #offer({ name, baseURL, models }) {
    const id = uid('model-of');
    const model = h('select', { id, class: 'input' }, models.map(one => h('option', { value: one }, one)));
    const note = h('p', { class: 'form-error', hidden: true, role: 'alert' });
    const use = button('Use it', { onclick: async () => {
      setBusy(use, true);
      try {
        this.dispatchEvent(new CustomEvent('connected',
          { detail: await post('/model-connections', { baseURL, model: model.value, name }) }));
      } catch (problem) {
        note.hidden = false;
        fill(note, icon('alert'), h('span', {}, explain(problem)));
      }
      setBusy(use, false);
    } });
    return h('div', { class: 'found' },
      h('div', { class: 'field-row' },
        h('div', { class: 'field' }, h('label', { for: id }, `${name} `,
        h('code', { class: 'faint' }, new URL(baseURL).host)), model), use),
      h('p', { class: 'small faint' }, 'Nothing has been sent to it but the question which models it has.'), note);
  }
}

customElements.define('x-local-servers', LocalServers);
