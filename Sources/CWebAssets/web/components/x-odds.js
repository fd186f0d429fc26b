// <x-odds>: how likely each total is: bars, a total to reach, and the same as a table.

import { h, fill } from '../lib/h.js';
import { icon, uid } from '../lib/ui.js';
import { count } from '../lib/format.js';
import { atLeast, bars, percent, percentile } from '../lib/odds.js';

const [width, height] = [600, 132];
const rowsMax = 1000;

export class Odds extends HTMLElement {
  #odds = null;
  #target = null;
  #rolled = null;

  /** What `POST /odds` answers. */
  set odds(odds) {
    const isSame = odds.expression === this.#odds?.expression;
    this.#odds = odds;
    if (!isSame) this.#rolled = this.#target = null;
    this.#draw();
  }

  /** A total that was just rolled with these dice; null for none. */
  set rolled(total) {
    this.#rolled = total;
    if (this.#odds) this.#draw();
  }

  get expression() { return this.#odds?.expression ?? null; }

  /** Why there are none, in words. */
  refuse(text) {
    this.#odds = null;
    fill(this, h('p', { class: 'odds-none quiet' }, icon('info'), ` ${text}`));
  }

  #draw() {
    const { outcomes, mean, sd, expression, tail } = this.#odds;
    const [min, max] = [outcomes[0].total, outcomes.at(-1).total];
    const start = this.#target ?? Math.round(mean);
    this.#target = Math.min(Math.max(start, min), max);
    const rolled = this.#rolled === null ? '' : `rolled ${count(this.#rolled)}`;
    const place = rolled && percentile(outcomes, this.#rolled);
    const words = [`${count(min)} to ${count(max)}, mean ${short(mean)}, deviation ${short(sd)}`,
      rolled && [rolled, place].filter(Boolean).join(': ')].filter(Boolean).join('; ');
    const id = uid('odds');
    this.number = h('b', { class: 'num' });
    this.share = h('output', { class: 'odds-share num', for: id });
    this.chart = h('svg', {
      class: 'odds-chart', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img',
      'aria-label': `${expression}: ${words}. The table has every chance.`,
    }, this.#bars(min, max));
    fill(this,
      h('p', { class: 'odds-head' }, h('label', { for: id }, 'At least '), this.number, this.share),
      this.chart,
      h('input', {
        type: 'range', id, class: 'odds-range', min, max, step: 1, value: this.#target, disabled: min === max,
        oninput: ({ target }) => { this.#target = Number(target.value); this.#mark(); },
      }),
      h('p', { class: 'odds-words small quiet' }, words),
      tail > 0 && h('p', { class: 'small faint' }, icon('info'), ' Endless explosions are followed until almost none is left.'),
      this.#table());
    this.#mark();
  }

  #bars(min, max) {
    const all = bars(this.#odds.outcomes);
    const tallest = Math.max(...all.map(bar => bar.chance));
    const step = width / (max - min + 1);
    return all.map(({ first, last, chance }) => {
      const room = (last - first + 1) * step;
      const gap = all.length > 120 ? 0 : Math.min(2, room * 0.2);
      const tall = chance && Math.max(1, chance / tallest * (height - 4));
      return h('rect', {
        x: (first - min) * step + gap / 2, width: room - gap, y: height - tall, height: tall, 'data-last': last,
        'data-first': first,
      });
    });
  }

  /** Colours what reaches the target, and what was rolled. */
  #mark() {
    const chance = percent(atLeast(this.#odds.outcomes, this.#target));
    this.number.textContent = count(this.#target);
    this.share.textContent = chance;
    this.querySelector('.odds-range').setAttribute('aria-valuetext', `${count(this.#target)} or more: ${chance}`);
    for (const bar of this.chart.children) {
      const { first, last } = bar.dataset;
      const isRolled = this.#rolled !== null && this.#rolled >= Number(first) && this.#rolled <= Number(last);
      bar.setAttribute('class', isRolled ? 'rolled' : Number(last) >= this.#target ? 'in' : 'out');
    }
  }

  #table() {
    const place = h('div', { class: 'odds-rows', tabindex: 0, role: 'group', 'aria-label': 'Chances of every total' });
    const details = h('details', { class: 'odds-table small' }, h('summary', {}, 'Every total in a table'), place);
    details.addEventListener('toggle', () => { if (details.open && !place.firstChild) fill(place, this.#rows()); });
    return details;
  }

  #rows() {
    const { outcomes, den } = this.#odds;
    const head = ['Total', 'Exactly', 'At least', den && `Outcomes of ${digits(den)}`].filter(Boolean);
    const rest = outcomes.length - rowsMax;
    return [
      h('table', {},
        h('thead', {}, h('tr', {}, head.map(text => h('th', { scope: 'col', class: 'num' }, text)))),
        h('tbody', {}, outcomes.slice(0, rowsMax).map(one => h('tr', {},
          h('th', { scope: 'row', class: 'num' }, count(one.total)), h('td', { class: 'num' }, percent(one.chance)),
          h('td', { class: 'num' }, percent(one.atLeast)),
          one.count && h('td', { class: 'num' }, digits(one.count)))))),
      rest > 0 && h('p', { class: 'faint' }, `${count(rest)} more; `, h('code', {}, 'arbiter dice odds --json'), ' has them all.'),
    ];
  }
}

customElements.define('x-odds', Odds);

const short = number => count(Math.round(number * 100) / 100);

/** A whole number of any length, which from some length on only programs read. */
const digits = text => text.length > 15 ? `${text[0]}.${text.slice(1, 4)} × 10^${text.length - 1}` : count(Number(text));
