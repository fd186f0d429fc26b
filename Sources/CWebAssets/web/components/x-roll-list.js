// <x-roll-list>: the history, newest first, with its format switch and older pages on demand. Fires `older`.

import { h, fill } from '../lib/h.js';
import { button, segmented, setBusy } from '../lib/ui.js';
import { preference, setPreference } from '../lib/preferences.js';
import './x-roll.js';

const formats = [['minimal', 'Minimal'], ['compact', 'Compact'], ['detailed', 'Detailed']];

export class RollList extends HTMLElement {
  #nodes = new Map();
  #state = null;

  connectedCallback() {
    if (this.list) return;
    this.list = h('ul', { class: 'rolls', 'aria-label': 'Rolls, newest first' });
    this.older = button('Show older rolls', { onclick: () => this.dispatchEvent(new CustomEvent('older')) });
    this.note = h('p', { class: 'roll-none quiet' }, 'Loading…');
    fill(this,
      h('div', { class: 'section-head' }, h('h2', {}, 'History'),
        segmented('How much to show of each roll', formats, preference('format'), value => this.#setFormat(value))),
      this.note, this.list, h('div', { class: 'more' }, this.older));
    this.list.hidden = true;
    this.older.hidden = true;
  }

  /** Shows a state of `lib/rolls.js`. A card whose roll is the same is left alone, open or closed as it is. */
  set state(state) {
    this.#state = state;
    const format = preference('format');
    const nodes = state.items.map(roll => this.#node(roll, format));
    const kept = new Set(state.items.map(roll => roll.id));
    for (const [id, node] of this.#nodes) {
      if (kept.has(id)) continue;
      node.remove();
      this.#nodes.delete(id);
    }
    nodes.forEach((node, at) => {
      const there = this.list.children[at];
      if (there !== node) this.list.insertBefore(node, there ?? null);
    });
    this.list.hidden = nodes.length === 0;
    this.note.hidden = nodes.length > 0;
    fill(this.note, 'Nothing rolled yet. Rolls of everybody in this workspace come here as they happen.');
    this.older.hidden = state.next === null;
  }

  set isLoadingOlder(isBusy) {
    setBusy(this.older, isBusy);
  }

  #node(roll, format) {
    let node = this.#nodes.get(roll.id);
    if (!node) this.#nodes.set(roll.id, node = h('li', {}, h('x-roll')));
    node.firstChild.show(roll, format);
    return node;
  }

  #setFormat(value) {
    setPreference('format', value);
    this.list.dataset.format = value;
    if (this.#state) this.state = this.#state;
  }
}

customElements.define('x-roll-list', RollList);
