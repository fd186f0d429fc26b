// <x-journal-entry>: one journal row whole, in the inspector: what was asked, drawn and changed, and the hash chain.

import { h, fill } from '../lib/h.js';
import { facts } from '../lib/facts.js';
import { button, icon, iconButton, said, status, timeStamp } from '../lib/ui.js';
import { count, fullTime, hash } from '../lib/format.js';
import { plural } from '../lib/plural.js';
import { goToRow } from '../lib/address.js';
import { get } from '../lib/api.js';
import { rowStatus } from '../lib/row-status.js';
import './x-inspector.js';
import './x-roll-tree.js';

/** Shows row `number` in the inspector, with the rows before and after it one key away. */
export function showJournalEntry(inspector, number) {
  const entry = h('x-journal-entry', { number });
  const step = (label, name, to) => iconButton(label, name, { disabled: to < 1, onclick: () => goToRow(to) });
  inspector.show({
    title: `Journal row ${count(number)}`,
    actions: [step('Row before', 'down', number - 1), step('Row after', 'up', number + 1)],
    nodes: entry,
    dismissed: () => goToRow(null),
  });
}

export class JournalEntry extends HTMLElement {
  #number = 0;

  connectedCallback() {
    this.#number = Number(this.getAttribute('number'));
    this.changed = () => this.load();
    document.addEventListener('journal', this.changed);
    fill(this, h('p', { class: 'quiet' }, 'Loading…'));
    this.load();
  }

  disconnectedCallback() {
    document.removeEventListener('journal', this.changed);
  }

  async load() {
    try {
      this.#draw(await get(`/journal/${this.#number}`));
    } catch (problem) {
      const text = problem.status === 404 ? `There is no row ${count(this.#number)} in this journal.` : problem.message;
      fill(this, h('p', { class: 'form-error' }, icon('alert'), h('span', {}, text)),
        button('Try again', { icon: 'redo', onclick: () => this.load() }));
    }
  }

  #draw(entry) {
    const root = entry.operation === 'roll_dice' ? entry.output?.result?.root : null;
    const tree = root && h('x-roll-tree');
    if (root) tree.root = root;
    fill(this,
      h('div', { class: 'entry-head' }, h('p', { class: 'entry-summary' }, said(entry.summary)),
        h('div', { class: 'rowy wrap' }, rowStatus(entry), this.#action(entry))),
      entry.failure && h('p', { class: 'form-error' }, icon('alert'), said(entry.failure)),
      facts([
        ['Operation', h('code', {}, `${entry.operation}@${entry.version}`)],
        ['By', [said(entry.actor.name), entry.role && `, ${entry.role}`]],
        ['Time', timeStamp(entry.time, fullTime(entry.time), entry.time)],
        entry.undoes != null && ['Undoes', rowLink(entry.undoes)],
        entry.undoneBy != null && ['Undone by', rowLink(entry.undoneBy)],
        entry.key != null && ['Idempotency key', h('code', {}, entry.key)],
        entry.proposal != null && ['Proposal', h('code', {}, entry.proposal)],
      ]),
      tree && block('What came of it', tree),
      block('Input', json(entry.input)),
      entry.draws && draws(entry.draws),
      folded('Output', entry.output),
      folded('Changes', entry.changes),
      folded('Inverse', entry.inverse, 'This row cannot be undone.'),
      folded('Events', entry.events),
      folded('Ids made', entry.ids),
      chain(entry));
  }

  #action({ number, summary, undoable, undoneBy }) {
    const shell = this.closest('x-shell');
    const done = () => this.load();
    const undo = () => shell.undo(number, summary, { done });
    const redo = () => shell.redo(number, summary, { by: undoneBy, done });
    if (undoable) return button('Undo', { icon: 'undo', kind: 'small', onclick: undo });
    if (undoneBy != null) return button('Redo', { icon: 'redo', kind: 'small', onclick: redo });
    return null;
  }
}

customElements.define('x-journal-entry', JournalEntry);

function rowLink(number) {
  return h('a', { href: `/journal?row=${number}`, 'data-row': number }, `row ${count(number)}`);
}

function block(title, ...nodes) {
  return h('section', { class: 'block' }, h('h3', {}, title), nodes);
}

/** What is long or rarely read is folded away; what is not there says so. */
function folded(title, value, none = 'None.') {
  const isEmpty = value == null || Array.isArray(value) && value.length === 0;
  if (isEmpty) return block(title, h('p', { class: 'small faint' }, none));
  const size = Array.isArray(value) ? h('span', { class: 'faint' }, count(value.length)) : null;
  const details = h('details', { class: 'block' }, h('summary', {}, h('h3', {}, title), size));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(json(value));
  });
  return details;
}

function json(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return h('pre', { class: 'json', tabindex: 0, role: 'group', 'aria-label': 'JSON', dir: 'ltr' }, text);
}

function draws({ seed, stream, roll, entropy, faces }) {
  const after = plural(entropy, 'contribution', 'contributions');
  const place = `Roll ${count(roll)} of stream ${stream}, seed ${seed}, after ${after}.`;
  const all = h('ol', { class: 'draws', start: 0, 'aria-label': 'Draws in order', tabindex: 0 },
    faces.map(([sides, face]) => h('li', {}, h('b', {}, face), h('span', { class: 'faint' }, ` d${sides}`))));
  return block(`${plural(faces.length, 'draw', 'draws')}`, h('p', { class: 'small quiet' }, place), all);
}

function chain({ previousHash, contentDigest, hash: own, rulesetHash }) {
  const shown = text => h('code', { class: 'hash' }, hash(text));
  return block('Hash chain', facts([
    ['Row before', shown(previousHash)], ['Content', shown(contentDigest)], ['This row', shown(own)],
    rulesetHash != null && ['Ruleset', shown(rulesetHash)],
  ]),
  h('p', { class: 'small faint' }, icon('lock'),
    ' Each row’s hash covers the one before it: a row changed later no longer fits.'));
}
