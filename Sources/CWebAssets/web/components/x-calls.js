// <x-calls>: calls of models, a row each: those under way above, the others below. Fires `older`.

import { h, fill } from '../lib/h.js';
import { button, said, setBusy, status, timeStamp } from '../lib/ui.js';
import { callState, costWords, errorWord, timeWords, whoWords, whoseWords } from '../lib/call-words.js';
import { fullTime, when } from '../lib/format.js';
import { plural } from '../lib/plural.js';

const tickMilliseconds = 1000;

export class Calls extends HTMLElement {
  #open = [];
  #names = {};
  #selected = null;

  connectedCallback() {
    if (!this.list) {
      this.live = h('section', { class: 'calls-live', hidden: true, 'aria-labelledby': 'live-title' },
        this.liveTitle = h('h2', { id: 'live-title' }), this.liveList = h('ol', { class: 'call-rows' }));
      this.list = h('ol', { class: 'call-rows', 'aria-label': 'Calls' });
      this.note = h('p', { class: 'quiet' }, 'Loading…');
      this.older = button('Show older calls', {
        hidden: true, onclick: () => this.dispatchEvent(new CustomEvent('older')),
      });
      fill(this, this.live, this.note, this.list, h('div', { class: 'more' }, this.older));
    }
    this.timer = setInterval(() => this.#tick(), tickMilliseconds);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  /** `{ open, items, next, names, empty }`: rows as the server lists them, and what stands where there is none. */
  set state({ open, items, next, names, empty }) {
    this.#open = open;
    this.#names = names;
    fill(this.liveTitle, `${plural(open.length, 'call', 'calls')} under way`);
    this.live.hidden = open.length === 0;
    this.#show(this.liveList, open);
    this.#show(this.list, items);
    this.list.hidden = items.length === 0;
    this.note.hidden = items.length > 0;
    fill(this.note, empty);
    this.older.hidden = !next;
    this.selected = this.#selected;
  }

  /** The call that is open in the inspector, by the id of any attempt, or null. */
  set selected(id) {
    this.#selected = id;
    for (const link of this.querySelectorAll('.call-row')) {
      if (link.dataset.call === id) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  set isLoadingOlder(isBusy) {
    setBusy(this.older, isBusy);
  }

  /** A row that stays keeps its node, and with it the focus. */
  #show(list, rows) {
    const known = new Map([...list.children].map(node => [node.dataset.id, node]));
    const nodes = rows.map(row => {
      const drawn = JSON.stringify([row, whoWords(row, this.#names), whoseWords(row, this.#names)]);
      const node = known.get(row.id) ?? h('li', { 'data-id': row.id }, h('a', {
        class: 'call-row', href: `/calls?call=${row.id}`, 'data-call': row.id,
      }));
      if (node.drawn !== drawn) fill(node.firstChild, this.#cells(row));
      node.drawn = drawn;
      return node;
    });
    const isSame = nodes.length === list.children.length && nodes.every((node, at) => list.children[at] === node);
    if (isSame) return;
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    list.replaceChildren(...nodes);
    focused?.focus({ preventScroll: true });
  }

  #cells(row) {
    const [name, word, tone] = callState(row);
    const why = errorWord(row);
    return [
      h('span', { class: 'call-state' }, status(name, word, tone), why && h('span', { class: 'small faint' }, why)),
      h('span', { class: 'call-title' }, h('span', { class: 'bold' }, said(row.model)),
        h('span', { class: 'small faint call-line' }, said(whoseWords(row, this.#names)), ` · ${row.task} · `,
          said(whoWords(row, this.#names)), row.attempt > 1 && ` · attempt ${row.attempt}`)),
      h('span', { class: 'small faint call-when' }, timeStamp(row.at, when(row.at), fullTime(row.at))),
      h('span', { class: 'num call-time', 'data-at': row.state === 'reserved' && row.id }, timeWords(row)),
      h('span', { class: 'num call-cost' }, costWords(row)),
    ];
  }

  /** What is under way grows older. */
  #tick() {
    for (const row of this.#open) {
      const cell = this.querySelector(`[data-at="${row.id}"]`);
      if (cell) cell.textContent = timeWords(row);
    }
  }
}

customElements.define('x-calls', Calls);
