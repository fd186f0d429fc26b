// <x-roll-body>: everything about one roll but its total: tree, annotations, where its draws stand, journal row, undo.
// Fires `undo` and `redo` with the roll.

import { h, fill } from '../lib/h.js';
import { button, icon, said, status, timeStamp } from '../lib/ui.js';
import { count, fullTime, when } from '../lib/format.js';
import { plural } from '../lib/plural.js';
import { tagTotals } from '../lib/roll-tree.js';
import './x-roll-tree.js';

export class RollBody extends HTMLElement {
  #roll = null;

  /** `{ roll, isSample }`: a sample has no journal row and cannot be undone. */
  set data({ roll, isSample = false }) {
    this.#roll = roll;
    const tree = h('x-roll-tree');
    tree.root = roll.result.root;
    fill(this, marks(roll), tree, !isSample && this.#foot());
  }

  #foot() {
    const { draws, journal, rolledBy, rolledAt, dialect } = this.#roll;
    return [
      h('p', { class: 'roll-facts' },
        h('span', {}, 'Rolled by ', said(rolledBy.name), ', ', timeStamp(rolledAt, when(rolledAt), fullTime(rolledAt))),
        dialect && h('span', {}, `Read as ${dialect} reads it`),
        draws && h('span', {},
          `${plural(draws.count, 'draw', 'draws')} of roll ${count(draws.roll)}, seed ${draws.seed}`)),
      h('div', { class: 'rowy wrap' },
        h('a', { class: 'btn small', href: `/journal?row=${journal}`, 'data-row': journal }, icon('journal'),
          h('span', {}, `Journal row ${count(journal)}`)),
        this.#action()),
    ];
  }

  #action() {
    const isStanding = this.#roll.state === 'standing';
    const name = isStanding ? 'undo' : 'redo';
    const fire = () => this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: this.#roll }));
    return button(isStanding ? 'Undo' : 'Redo', { icon: name, kind: 'small bare', onclick: fire, 'data-action': name });
  }
}

customElements.define('x-roll-body', RollBody);

/** Critical results and what the annotations come to. */
function marks({ result }) {
  const tags = tagTotals(result);
  const critical = result.critical && (result.critical === 'success'
    ? status('star', 'Critical success', 'ok')
    : status('alert', 'Critical failure', 'bad'));
  if (!critical && !tags.length) return null;
  return h('div', { class: 'roll-marks' }, critical,
    tags.map(([tag, value]) => h('span', { class: 'tag-total' }, h('b', {}, count(value)), ' ', said(tag))));
}
