// <x-spend>: what calls cost and how they ended: by day as bars and as a table, then by model, by where they came from, by key
// and person, by what they were for; and what the cache gives again.

import { h, fill } from '../lib/h.js';
import { button, icon, said } from '../lib/ui.js';
import { money } from '../lib/amounts.js';
import { get } from '../lib/api.js';
import { surfaceWord } from '../lib/call-words.js';
import { count } from '../lib/format.js';
import { beginning, cacheSentence, dayWords, everyDay, spentWords, total, totalSentence } from '../lib/spend.js';

const groupings = ['day', 'model', 'surface', 'key', 'person', 'route', 'task', 'prompt'];
const titles = { model: 'By model', surface: 'By surface', key: 'By key', person: 'By person', route: 'By route',
  task: 'By task', prompt: 'By prompt' };
const [width, height] = [600, 120];

export class Spend extends HTMLElement {
  #turn = 0;
  #names = {};

  /** Shows a span: `month` or a number of days; `names` are those of keys and people. */
  async show(span, names) {
    this.#names = names;
    const turn = ++this.#turn;
    if (!this.firstChild) fill(this, h('p', { class: 'quiet' }, 'Loading…'));
    try {
      const from = beginning(span);
      const all = await Promise.all(groupings.map(by => get(`/spend?by=${by}&from=${encodeURIComponent(from)}`)));
      const cache = await get('/cache');
      if (turn === this.#turn) this.#draw(all, cache);
    } catch (problem) {
      if (turn !== this.#turn) return;
      fill(this, h('p', { class: 'form-error' }, icon('alert'), h('span', {}, problem.message)),
        button('Try again', { icon: 'redo', onclick: () => this.show(span, names) }));
    }
  }

  #draw([byDay, ...others], cache) {
    const days = everyDay(byDay.items, byDay.from, byDay.to);
    const whole = total(byDay.items);
    fill(this, h('p', { class: 'spend-total' }, totalSentence(whole)),
      h('p', { class: 'small quiet' }, cacheSentence(cache)),
      whole.calls > 0 && [
        h('section', { class: 'spend-days', 'aria-labelledby': 'days-title' },
          h('h2', { id: 'days-title' }, 'By day'),
          h('div', { class: 'spend-beside' }, whole.costMicros + whole.unknownCalls > 0 && chart(days), this.#table('Day', byDay.items, line => dayWords(line.name), 'days-title'))),
        others.map(({ by, items }) => h('section', { 'aria-labelledby': `by-${by}` }, h('h2', { id: `by-${by}` }, titles[by]),
          this.#table(titles[by].slice(3), items, line => this.#name(by, line), `by-${by}`))),
      ]);
  }

  #table(head, items, name, label) {
    const heads = [[head], ['Attempts', 'num'], ['Failed', 'num'], ['Tokens in', 'num wide'], ['Tokens out', 'num wide'], ['Cost', 'num']];
    const first = head[0].toUpperCase() + head.slice(1);
    return h('div', { class: 'spend-rows', tabindex: 0, role: 'group', 'aria-labelledby': label },
      h('table', {},
        h('thead', {}, h('tr', {}, heads.map(([text, kind], at) => h('th', { scope: 'col', class: kind }, at ? text : first)))),
        h('tbody', {}, items.map(line => h('tr', {},
          h('th', { scope: 'row' }, name(line)), h('td', { class: 'num' }, count(line.calls)),
          h('td', { class: 'num' }, count(line.failures)),
          h('td', { class: 'num wide' }, count(line.inputTokens)), h('td', { class: 'num wide' }, count(line.outputTokens)),
          h('td', { class: 'num' }, spentWords(line)))))));
  }

  #name(by, line) {
    const { keys = new Map(), people = new Map() } = this.#names;
    if (by === 'model') return [said(line.name), h('span', { class: 'small faint' }, ' ', said(line.provider))];
    if (by === 'surface') return surfaceWord(line.name);
    if (by === 'key') return line.name ? said(keys.get(line.name) ?? `Key …${line.name.slice(-6)}`) : 'Without a key';
    if (by === 'route') return line.name ? said(line.name) : 'A model by its own name';
    if (by === 'task') return said(line.name);
    if (by === 'prompt') return line.name ? said(line.name) : 'Words of their own';
    return line.name ? said(people.get(line.name) ?? `Somebody (…${line.name.slice(-6)})`) : 'Arbiter itself';
  }
}

customElements.define('x-spend', Spend);

/** A bar for each day. What a day cost without anybody knowing has no height: it is a mark under the line. */
function chart(days) {
  const highest = Math.max(...days.map(day => day.costMicros), 1);
  const step = width / days.length;
  const gap = Math.min(3, step * 0.2);
  const place = at => ({ x: at * step + gap / 2, width: Math.max(1, step - gap) });
  const hasUnknown = days.some(day => day.unknownCalls > 0);
  const dearest = days.reduce((most, day) => day.costMicros > most.costMicros ? day : most);
  const words = `${dayWords(days[0].name)} to ${dayWords(days.at(-1).name)}; the dearest day was ${dayWords(dearest.name)} with `
    + `${money(dearest.costMicros)}. The table has every day with a call.`;
  return h('figure', { class: 'spend-figure' },
    h('p', { class: 'small faint num' }, money(highest === 1 ? dearest.costMicros : highest)),
    h('svg', {
      class: 'spend-chart', viewBox: `0 0 ${width} ${height + 8}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': words,
    }, days.flatMap((day, at) => {
      const tall = day.costMicros && Math.max(1, day.costMicros / highest * height);
      return [
        h('rect', { class: 'spent', ...place(at), y: height - tall, height: tall }),
        day.unknownCalls > 0 && h('rect', { class: 'unknown', ...place(at), y: height + 3, height: 5 }),
      ];
    })),
    h('p', { class: 'spend-axis small faint' }, h('span', {}, dayWords(days[0].name)), h('span', {}, dayWords(days.at(-1).name))),
    hasUnknown && h('figcaption', { class: 'small spend-key' }, icon('info'),
      ' A mark under the line: a day with calls whose cost is not known.'));
}
