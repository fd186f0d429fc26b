// <x-models>: which model answers, the connections there are, and a new one.

import { h, fill } from '../lib/h.js';
import { button, icon, said, setBusy, status, uid } from '../lib/ui.js';
import { get, post, request } from '../lib/api.js';
import { confirm } from '../lib/confirm.js';
import { fullTime } from '../lib/format.js';
import { explain } from '../lib/problem.js';
import { loadWords, timesWords, troubleWords } from '../lib/upstream-words.js';
import './x-key-form.js';
import './x-local-servers.js';

export class Models extends HTMLElement {
  #name = uid('chosen');
  #lines = new Map();

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
      const [models, { items }] = await Promise.all([get('/models'), get('/upstreams')]);
      this.#draw(models);
      this.#tell(items);
    } catch (problem) {
      fill(this.choice, h('p', { class: 'quiet' }, problem.message),
        button('Try again', { icon: 'redo', onclick: () => this.load() }));
    }
  }

  /** Looks again at how the connections fare; what somebody uses is left as it is. */
  async look() {
    const answer = await get('/upstreams').catch(() => null);
    if (answer) this.#tell(answer.items);
  }

  #tell(standings) {
    for (const [id, { line, one }] of this.#lines) {
      const standing = standings.find(other => other.connection === id);
      const load = standing && loadWords(standing);
      fill(line, h('span', { class: 'faint', title: standing?.check && `${fullTime(standing.check.at)}: ${standing.check.message}` },
        timesWords(one, standing)),
      standing?.check && !standing.check.isUsable && status('fail', standing.check.message, 'bad'),
      load && status('wait', load),
      standing?.troubles.map(trouble => status('alert', `${trouble.model} ${troubleWords(trouble)}`, 'warn')));
    }
  }

  #draw({ chosen, connections, builtIn }) {
    const isNow = (connection, badge) => chosen != null && (chosen.connection ?? null) === connection
      && (chosen.badge ?? null) === badge;
    this.#lines.clear();
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
    const line = h('p', { class: 'small model-line' });
    this.#lines.set(one.id, { line, one });
    const check = button('Check again', {
      kind: 'bare small', 'aria-label': `Check ${one.name} again`, onclick: () => this.#check(one, check),
    });
    return this.#row(isChosen, { connection: one.id, model: one.model },
      [h('b', {}, said(one.name)), ` ${one.provider === one.name ? '' : one.provider}`],
      [h('code', {}, one.baseURL), ` · ${host}`], pick, check,
      button('Disconnect…', {
        kind: 'bare small', 'aria-label': `Disconnect ${one.name}`, onclick: () => this.#disconnect(one),
      }), line);
  }

  async #check(one, control) {
    if (control.getAttribute('aria-disabled') === 'true') return;
    setBusy(control, true);
    const shell = this.closest('x-shell');
    try {
      const { isUsable, message } = await post(`/model-connections/${one.id}/checks`, undefined);
      shell.toast(message, { tone: isUsable ? 'ok' : 'bad' });
    } catch (problem) {
      shell.toast(explain(problem), { tone: 'bad' });
    }
    setBusy(control, false);
    await this.look();
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
