// <x-models>: which model answers, the connections there are, and a new one.

import { h, fill } from '../lib/h.js';
import { button, icon, said, uid } from '../lib/ui.js';
import { get, request } from '../lib/api.js';
import { confirm } from '../lib/confirm.js';
import { explain } from '../lib/problem.js';
import './x-key-form.js';
import './x-local-servers.js';

export class Models extends HTMLElement {
  #name = uid('chosen');

  connectedCallback() {
    if (this.choice) return;
    this.choice = h('div', { class: 'stack models-now' }, h('p', { class: 'quiet' }, 'Loading…'));
    this.problem = h('p', { class: 'form-error', role: 'alert', hidden: true });
    const more = h('details', { class: 'models-more' }, h('summary', {}, 'Connect another'));
    more.addEventListener('toggle', () => {
      if (!more.open || more.children.length > 1) return;
      more.append(h('div', { class: 'stack' }, h('x-key-form', { onconnected: () => this.load() }),
        h('x-local-servers', { onconnected: () => this.load() })));
    });
    fill(this, this.choice, this.problem, more);
    this.load();
  }

  async load() {
    try {
      this.#draw(await get('/models'));
    } catch (problem) {
      fill(this.choice, h('p', { class: 'quiet' }, problem.message),
        button('Try again', { icon: 'redo', onclick: () => this.load() }));
    }
  }

  #draw({ chosen, connections, builtIn }) {
    const isNow = (connection, badge) => chosen != null && (chosen.connection ?? null) === connection
      && (chosen.badge ?? null) === badge;
    fill(this.choice, h('fieldset', { class: 'models' }, h('legend', { class: 'vh' }, 'The model that answers'),
      connections.map(one => this.#connection(one, isNow(one.id, null))),
      this.#row(isNow(null, 'built-in'), { builtIn: true },
        [h('b', {}, 'Built-in '), h('span', { class: 'tag badge' }, 'built-in')], builtIn.intents),
      this.#row(chosen == null, { none: true }, [h('b', {}, 'None')], 'Proposals are composed by hand.')));
  }

  #row(isChosen, body, name, text, ...more) {
    const id = uid('model');
    return h('div', { class: 'model' },
      h('input', { type: 'radio', id, name: this.#name, checked: isChosen,
        onchange: () => this.#do('PUT', '/models/chosen', body) }),
      h('label', { for: id, class: 'grow' }, h('span', {}, name), h('span', { class: 'small faint' }, text)), more);
  }

  #connection(one, isChosen) {
    const models = one.models.includes(one.model) ? one.models : [one.model, ...one.models];
    const pick = h('select', {
      class: 'input', 'aria-label': `Model of ${one.name}`,
      onchange: () => this.#do('PUT', '/models/chosen', { connection: one.id, model: pick.value }),
    }, models.map(name => h('option', { value: name, selected: name === one.model }, name)));
    const host = one.hasKey ? 'its key is sealed here' : 'without a key';
    return this.#row(isChosen, { connection: one.id, model: one.model },
      [h('b', {}, said(one.name)), ` ${one.provider === one.name ? '' : one.provider}`],
      [h('code', {}, one.baseURL), ` · ${host}`], pick,
      button('Disconnect…', { kind: 'bare small', onclick: () => this.#disconnect(one) }));
  }

  async #disconnect(one) {
    const goOn = await confirm({
      title: `Disconnect ${one.name}?`, verb: 'Disconnect',
      text: h('p', {}, one.hasKey ? 'Its key is destroyed here.' : 'It can be connected again at any time.'),
    });
    if (goOn) this.#do('DELETE', `/model-connections/${one.id}`);
  }

  async #do(method, path, body) {
    this.problem.hidden = true;
    try {
      await request(method, path, { body });
    } catch (problem) {
      this.problem.hidden = false;
      fill(this.problem, icon('alert'), h('span', {}, explain(problem)));
    }
    await this.load();
  }
}

customElements.define('x-models', Models);
