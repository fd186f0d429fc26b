// <x-journal-table>: rows of the journal, newest first. Fires `older`, and `undo` and `redo` with the row.

import { h, fill } from '../lib/h.js';
import { button, said, setBusy, timeStamp } from '../lib/ui.js';
import { count, fullTime, when } from '../lib/format.js';
import { rowStatus } from '../lib/row-status.js';

export class JournalTable extends HTMLElement {
  #nodes = new Map();
  #selected = null;

  connectedCallback() {
    if (this.body) return;
    const heading = text => h('th', { scope: 'col', class: `c-${text.toLowerCase()}` }, text);
    const head = ['Row', 'What', 'Who', 'When', 'State'].map(heading);
    this.body = h('tbody');
    this.table = h('table', { class: 'journal', hidden: true },
      h('caption', { class: 'vh' }, 'Journal rows, newest first'),
      h('thead', {}, h('tr', {}, head, h('td', { class: 'c-action' }))), this.body);
    this.note = h('p', { class: 'quiet' }, 'Loading…');
    this.older = button('Show older rows', {
      hidden: true, onclick: () => this.dispatchEvent(new CustomEvent('older')),
    });
    fill(this, this.note, this.table, h('div', { class: 'more' }, this.older));
  }

  /** Shows a state of `lib/journal-rows.js`. */
  set state({ items, next }) {
    const kept = new Set(items.map(row => row.number));
    for (const [number, { node }] of this.#nodes) {
      if (kept.has(number)) continue;
      node.remove();
      this.#nodes.delete(number);
    }
    items.forEach((row, at) => {
      const node = this.#node(row);
      if (this.body.children[at] !== node) this.body.insertBefore(node, this.body.children[at] ?? null);
    });
    this.table.hidden = items.length === 0;
    this.note.hidden = items.length > 0;
    fill(this.note, 'The journal is empty.');
    this.older.hidden = next === null;
    this.selected = this.#selected;
  }

  /** The number of the row that is open in the inspector, or null. */
  set selected(number) {
    this.#selected = number;
    for (const [one, { node }] of this.#nodes) {
      const link = node.querySelector('.row-link');
      if (one === number) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  set isLoadingOlder(isBusy) {
    setBusy(this.older, isBusy);
  }

  #node(row) {
    const known = this.#nodes.get(row.number);
    if (known?.row === row) return known.node;
    const node = known?.node ?? h('tr', { class: 'journal-row' });
    const hadFocus = node.contains(document.activeElement);
    this.#nodes.set(row.number, { row, node });
    node.dataset.state = row.state;
    fill(node, this.#cells(row));
    if (hadFocus) node.querySelector('a').focus({ preventScroll: true });
    return node;
  }

  #cells(row) {
    const time = () => timeStamp(row.time, when(row.time), fullTime(row.time));
    const act = (title, name) => button(title, {
      icon: name, kind: 'small bare', 'aria-label': `${title} row ${row.number}`,
      onclick: () => this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: row })),
    });
    return [
      h('th', { scope: 'row', class: 'num c-row' }, count(row.number)),
      h('td', { class: 'c-what' },
        h('a', { class: 'row-link', href: `/journal?row=${row.number}`, 'data-row': row.number }, said(row.summary)),
        h('p', { class: 'row-line' }, h('code', {}, `${row.operation}@${row.version}`),
          h('span', { class: 'row-who' }, said(row.actor.name), ' · ', time()))),
      h('td', { class: 'c-who' }, said(row.actor.name)),
      h('td', { class: 'c-when' }, time()),
      h('td', { class: 'c-state' }, rowStatus(row)),
      h('td', { class: 'c-action' },
        row.undoable && act('Undo', 'undo'), row.state === 'undone' && act('Redo', 'redo')),
    ];
  }
}

customElements.define('x-journal-table', JournalTable);
