// <x-rehearsal>: what a proposal would do now, with sample dice, and what is wrong with it.

import { h, fill } from '../lib/h.js';
import { icon, status } from '../lib/ui.js';
import { card } from '../lib/run-cards.js';
import { sentence } from '../lib/field-errors.js';
import { plural } from '../lib/plural.js';
import './x-card.js';

export class Rehearsal extends HTMLElement {
  connectedCallback() {
    if (this.state) return;
    this.state = h('div', { class: 'rehearsal-state', role: 'status' });
    this.list = h('ol', { class: 'cards', 'aria-label': 'What it would do' });
    this.rest = h('div', { class: 'stack' });
    fill(this, this.state, this.rest, this.list,
      h('p', { class: 'small faint' }, icon('sample'),
        ' Checked against the scene as it stands and taken back. Dice here are samples, never the coming ones.'));
    this.show(null);
  }

  set isBusy(isBusy) {
    this.toggleAttribute('data-busy', isBusy);
  }

  /** Shows a report of `POST /proposals/checks`; null while there is none. `rest` are faults without a field. */
  show(report, rest = []) {
    fill(this.state, verdict(report));
    fill(this.rest, rest.map(fault => h('p', { class: 'form-error' }, icon('alert'), h('span', {}, sentence(fault)))));
    const known = [...this.list.querySelectorAll('x-card')];
    const cards = (report?.operations ?? []).map(step => card({ ...step, errors: [] }));
    this.list.hidden = cards.length === 0;
    fill(this.list, cards.map((one, at) => {
      const node = known[at] ?? h('x-card');
      node.show(one, 'compact');
      return h('li', { value: at + 1 }, node);
    }));
  }

  /** Says that no check could be made. */
  fail(text) {
    fill(this.state, status('offline', text, 'bad'));
  }
}

customElements.define('x-rehearsal', Rehearsal);

function verdict(report) {
  if (!report) return h('span', { class: 'quiet' }, 'Add a step, and what it would do shows here.');
  if (report.isExecutable) {
    const refused = report.operations.filter(step => step.status !== 'executed').length;
    const steps = plural(report.operations.length, 'step', 'steps');
    return refused
      ? status('alert', `${steps}, can be executed; ${refused} of them would be passed over`, 'warn')
      : status('done', `${steps}, can be executed`, 'ok');
  }
  return status('fail', `${plural(report.faults.length, 'thing', 'things')} to repair. Nothing is written.`, 'bad');
}
