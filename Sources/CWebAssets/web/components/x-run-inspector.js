// <x-run-inspector>: one turn whole, in the inspector: its model calls, every error and repair, the journal rows.

import { h, fill } from '../lib/h.js';
import { facts } from '../lib/facts.js';
import { button, icon, said, status, timeStamp } from '../lib/ui.js';
import { elapsed, money, titled } from '../lib/amounts.js';
import { count, fullTime } from '../lib/format.js';
import { get } from '../lib/api.js';
import { modes } from '../lib/modes.js';
import { badges, runState } from '../lib/run-words.js';
import { repairOf } from '../lib/proposal-faults.js';
import './x-inspector.js';

const purposes = { propose: 'Proposal', repair: 'Repair', narrate: 'Telling', classic: 'Story without rules',
  think: 'Answer', summarize: 'Summary of the story' };
const states = {
  asked: ['wait', 'Waiting', ''], answered: ['done', 'Answered', 'ok'], failed: ['fail', 'Failed', 'bad'],
  lost: ['offline', 'Cut off', 'bad'],
};

/** Shows turn `id` in the inspector; the address names it as long as it is open. */
export function showRun(inspector, id) {
  const node = h('x-run-inspector', { run: id });
  inspector.show({ title: 'Turn', nodes: node, dismissed: () => nameInAddress(null) });
  nameInAddress(id);
}

export class RunInspector extends HTMLElement {
  #id = null;

  connectedCallback() {
    this.#id = this.getAttribute('run');
    this.changed = ({ detail: { type, payload } }) => {
      if (type === 'run.changed' && payload.run.id === this.#id) this.load();
    };
    document.addEventListener('run', this.changed);
    fill(this, h('p', { class: 'quiet' }, 'Loading…'));
    this.load();
  }

  disconnectedCallback() {
    document.removeEventListener('run', this.changed);
  }

  async load() {
    try {
      this.#draw((await get(`/runs/${this.#id}`)).run);
    } catch (problem) {
      fill(this, h('p', { class: 'form-error' }, icon('alert'), h('span', {}, problem.message)),
        button('Try again', { icon: 'redo', onclick: () => this.load() }));
    }
  }

  #draw(run) {
    const calls = run.summary ? [...run.calls, run.summary] : run.calls;
    const open = new Set([...this.querySelectorAll('details[open]')].map(node => node.dataset.name));
    fill(this,
      h('div', { class: 'entry-head' }, h('p', { class: 'entry-summary' }, said(run.text || 'Proposed by hand')),
        status(...runState(run))),
      run.problem && h('p', { class: 'form-error' }, icon('info'), said(run.problem)),
      facts([
        ['Turn', count(run.number)], ['By', said(run.by)],
        ['Said as', run.isByHand ? 'A proposal by hand' : modes[run.mode]?.[0] ?? run.mode],
        ['Began', timeStamp(run.createdAt, fullTime(run.createdAt), run.createdAt)],
        run.endedAt && ['Took', elapsed(run.createdAt, run.endedAt)],
        calls.length > 0 && ['Tokens', tokens({ input: inAll(calls, 'input'), output: inAll(calls, 'output') })],
        calls.length > 0 && ['Cost', money(cost(calls))],
        run.undoneAt && ['Undone', fullTime(run.undoneAt)],
      ]),
      section('Model calls', calls.length ? list(calls.map(asked))
        : h('p', { class: 'small faint' }, 'No model was asked.')),
      run.attempts.length > 0 && section('Proposals', list(run.attempts.map((one, at) => tried(one, at, run)))),
      run.operations.length > 0
        && section('Steps and journal rows', h('ol', { class: 'lines' }, run.operations.map(done))));
    for (const node of this.querySelectorAll('details')) node.open = open.has(node.dataset.name);
  }
}

customElements.define('x-run-inspector', RunInspector);

function section(name, ...nodes) {
  return h('section', { class: 'block' }, h('h3', {}, name), nodes);
}

function list(items) {
  return h('ol', { class: 'calls' }, items.map(item => h('li', {}, item)));
}

/** Tokens of all calls that tell them; null when none does. */
function inAll(calls, name) {
  const known = calls.map(call => call.usage?.[name]).filter(number => number != null);
  return known.length ? known.reduce((sum, number) => sum + number, 0) : null;
}

/** What all calls cost; null when one of them does not say. */
function cost(calls) {
  return calls.some(call => call.costMicros == null) ? null : calls.reduce((sum, call) => sum + call.costMicros, 0);
}

function tokens(usage) {
  const isKnown = usage && (usage.input ?? usage.output) != null;
  return isKnown ? `${count(usage.input)} in, ${count(usage.output)} out` : 'unknown';
}

function asked(call, at) {
  const { purpose, state, provider, model, badge, prompt, startedAt, endedAt, usage, costMicros, error, nextContextTokens, leftOut } = call;
  return [
    h('div', { class: 'rowy wrap' }, h('b', {}, purposes[purpose] ?? titled(purpose)),
      status(...states[state] ?? ['info', state, '']),
      badge && h('span', { class: 'tag badge', title: badges[badge] ?? badge }, badge)),
    facts([
      ['Model', said(model)], ['Provider', said(provider)], ['Prompt', h('code', {}, prompt)],
      ['Time', endedAt ? elapsed(startedAt, endedAt) : 'under way'],
      ['Tokens', tokens(usage)], ['Cost', money(costMicros)],
    ]),
    error && h('p', { class: 'form-error' }, icon('alert'), said(error)),
    nextContextTokens && h('p', { class: 'small quiet' },
      `It was too long for the model, and asked again with room for ${count(nextContextTokens)} tokens.`),
    leftOut && h('p', { class: 'small quiet' }, 'Left out, for want of room: ', said(leftOut), '.'),
    folded(`reply-${at}`, 'Reply, as it came', call.reply),
    folded(`request-${at}`, 'What it was sent', call.request),
  ];
}

function tried({ proposal, faults }, at, run) {
  const reply = at === 0 ? 'First reply' : 'After the repair';
  const verdict = faults.length
    ? status('fail', `${count(faults.length)} to repair`, 'bad') : status('done', 'Valid', 'ok');
  return [
    h('div', { class: 'rowy wrap' }, h('b', {}, run.isByHand ? 'Composed by hand' : reply), verdict),
    faults.length > 0 && h('ul', { class: 'faults' }, faults.map(fault => h('li', {},
      h('code', {}, fault.pointer || '/'), h('p', {}, said(fault.message)),
      fault.allowed?.length > 0 && h('p', { class: 'small faint' }, `Allowed: ${fault.allowed.join(', ')}`),
      repairOf(fault) !== null && h('p', { class: 'small' }, 'Suggested: ', h('code', {}, String(repairOf(fault))))))),
    folded(`proposal-${at}`, 'The proposal', proposal),
  ];
}

function done({ operation, status: state, display, journal, errors }) {
  return h('li', {}, h('span', { class: 'grow' }, h('code', {}, operation),
    h('span', { class: 'small faint' }, ` ${titled(state).toLowerCase()}`),
    h('span', { class: 'small quiet lines-note' }, said(display?.message ?? errors[0]?.message ?? ''))),
  journal && h('a', { href: `/journal?row=${journal.number}`, 'data-row': journal.number },
    `Row ${count(journal.number)}`));
}

/** What is long is folded away, and made when it is looked at. */
function folded(name, label, value) {
  if (value == null) return null;
  const node = h('details', { class: 'block', 'data-name': name }, h('summary', {}, h('h4', {}, label)));
  node.addEventListener('toggle', () => {
    if (!node.open || node.children.length > 1) return;
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    node.append(h('pre', { class: 'json', tabindex: 0, role: 'group', 'aria-label': label, dir: 'auto' }, text));
  });
  return node;
}

function nameInAddress(id) {
  const address = new URL(location.href);
  if (id) address.searchParams.set('run', id);
  else address.searchParams.delete('run');
  history.replaceState(null, '', address);
}
