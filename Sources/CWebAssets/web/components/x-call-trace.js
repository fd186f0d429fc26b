// <x-call-trace>: one call of a model in the inspector: each attempt, its times, its tokens, what it cost and why it ended.

import { h, fill } from '../lib/h.js';
import { facts } from '../lib/facts.js';
import { button, icon, said, status, timeStamp } from '../lib/ui.js';
import { money } from '../lib/amounts.js';
import { get } from '../lib/api.js';
import { callState, costWords, errorSentence, errorWord, meanings, surfaceWord, timeWords, whoWords, whoseWords }
  from '../lib/call-words.js';
import { count, fullTime } from '../lib/format.js';
import { plural } from '../lib/plural.js';
import { took } from '../lib/took.js';
import './x-inspector.js';

const lookMilliseconds = 1000;
const width = 300;

/** Shows the call of attempt `id` in the inspector; `names` are those of keys and people. */
export function showCall(inspector, id, { names, dismissed }) {
  const node = h('x-call-trace', { call: id });
  node.names = names;
  inspector.show({ title: 'Call', nodes: node, dismissed });
}

export class CallTrace extends HTMLElement {
  names = {};

  connectedCallback() {
    fill(this, h('p', { class: 'quiet' }, 'Loading…'));
    this.load();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async load() {
    clearTimeout(this.timer);
    try {
      const { items } = await get(`/model-calls/${this.getAttribute('call')}/attempts`);
      if (!this.isConnected) return;
      this.#draw(items);
      if (items.at(-1).state === 'reserved') this.timer = setTimeout(() => this.load(), lookMilliseconds);
    } catch (problem) {
      const text = problem.status === 404 ? 'This call is not in the books.' : problem.message;
      fill(this, h('p', { class: 'form-error' }, icon('alert'), h('span', {}, text)),
        button('Try again', { icon: 'redo', onclick: () => this.load() }));
    }
  }

  #draw(attempts) {
    const last = attempts.at(-1);
    const open = new Set([...this.querySelectorAll('details[open]')].map(node => node.dataset.name));
    fill(this,
      h('div', { class: 'entry-head' }, h('p', { class: 'entry-summary' }, said(last.model)),
        status(...callState(last)), h('p', { class: 'small quiet' }, meanings[last.state] ?? '')),
      errorSentence(last) && h('p', { class: 'form-error' }, icon('alert'), h('span', {}, errorSentence(last))),
      facts([
        ['Of', [said(whoseWords(last, this.names)), whoseWords(last, this.names) !== last.provider && [' · ', said(last.provider)]]],
        ['Asked by', said(whoWords(last, this.names))],
        ['From', surfaceWord(last.surface)],
        ['For', h('code', {}, last.task)],
        last.prompt && ['Prompt', h('code', {}, last.prompt)],
        last.route && ['Route', h('code', {}, last.route)],
        last.run && ['Turn', h('a', { href: `/play?run=${last.run}` }, 'The turn it belongs to')],
        ['Began', timeStamp(attempts[0].at, fullTime(attempts[0].at), attempts[0].at)],
        ['Attempts', count(attempts.length)],
        ['Cost', h('b', {}, together(attempts))],
      ]),
      timeline(attempts),
      attempts.map((one, at) => attempt(one, attempts[at - 1], attempts.length)));
    // The last attempt says how it ended; what a person opened or closed stays so.
    const isFirst = !this.dataset.shown;
    this.dataset.shown = '';
    for (const node of this.querySelectorAll('details')) node.open = isFirst ? node.dataset.name === last.id : open.has(node.dataset.name);
  }
}

customElements.define('x-call-trace', CallTrace);

/** What all attempts cost: a sum, or that a part of it is not known. */
function together(attempts) {
  if (attempts.length === 1) return costWords(attempts[0]);
  const ended = attempts.filter(one => one.state !== 'reserved');
  const known = ended.filter(one => one.costMicros != null);
  const sum = money(known.reduce((all, one) => all + one.costMicros, 0));
  const unknown = ended.length - known.length;
  if (known.length === 0) return 'unknown';
  return unknown ? `${sum}, and ${plural(unknown, 'attempt', 'attempts')} at an unknown cost` : sum;
}

/** How the attempts follow one another: waiting for the first piece is light, the answer dark. */
function timeline(attempts) {
  const start = new Date(attempts[0].at).getTime();
  const spans = attempts.map(one => {
    const from = new Date(one.at).getTime() - start;
    const last = one.state === 'reserved' ? Date.now() - start : from + (one.durationMicros ?? 0) / 1000;
    const to = Math.max(from, last);
    return { from, first: Math.min(to, one.firstPieceMicros == null ? to : from + one.firstPieceMicros / 1000), to,
      isBad: ['failed', 'cut', 'lost'].includes(one.state) };
  });
  const whole = Math.max(1, ...spans.map(span => span.to));
  const scaled = milliseconds => milliseconds / whole * width;
  const rowHeight = 14;
  return h('svg', {
    class: 'call-bars', viewBox: `0 0 ${width} ${spans.length * rowHeight}`, preserveAspectRatio: 'none', 'aria-hidden': 'true',
  }, spans.flatMap(({ from, first, to, isBad }, at) => [
    h('rect', { class: 'waited', x: scaled(from), y: at * rowHeight + 3, height: 8, width: Math.max(1, scaled(first - from)) }),
    to > first && h('rect', {
      class: isBad ? 'bad' : 'said', x: scaled(first), y: at * rowHeight + 3, height: 8, width: Math.max(1, scaled(to - first)),
    }),
  ]));
}

function attempt(one, before, howMany) {
  const waited = before ? new Date(one.at) - new Date(before.at) - (before.durationMicros ?? 0) / 1000 : 0;
  return h('details', { class: 'block attempt', 'data-name': one.id },
    h('summary', {}, h('h3', {}, howMany === 1 ? 'The attempt' : `Attempt ${one.attempt}`),
      status(...callState(one)), h('span', { class: 'small faint' }, errorWord(one))),
    facts([
      before && before.model !== one.model && ['Model', said(one.model)],
      one.modelAnswered && one.modelAnswered !== one.model && ['Answered as', said(one.modelAnswered)],
      waited > 1 && ['Waited', took(waited * 1000)],
      ['First piece', firstPiece(one)],
      ['Whole', timeWords(one)],
      ['Tokens', tokens(one)],
      one.cachedTokens != null && ['In cache', `${count(one.cachedTokens)} of those in`],
      one.reasoningTokens != null && ['Thought', `${count(one.reasoningTokens)} of those out`],
      ['Reserved', one.reservedMicros == null ? 'unknown: the price is not known' : money(one.reservedMicros)],
      ['Cost', cost(one)],
      one.finish && ['Ended by', h('code', {}, one.finish)],
      ['Streamed', one.isStreamed ? 'yes' : 'no'],
      ['Id', h('code', { class: 'hash' }, one.id)],
    ]));
}

function firstPiece(one) {
  if (one.firstPieceMicros != null) return `after ${took(one.firstPieceMicros)}`;
  return one.state === 'reserved' ? 'not yet, or not yet booked' : 'none came';
}

function tokens({ inputTokens, outputTokens, state }) {
  if (inputTokens == null && outputTokens == null) return state === 'reserved' ? 'not told yet' : 'not told';
  return `${count(inputTokens)} in, ${count(outputTokens)} out`;
}

function cost(one) {
  return [costWords(one), one.isOverrun && ', more than was reserved', one.isEstimate && one.costMicros != null
    && ' (a part was not told, and is estimated)'];
}
