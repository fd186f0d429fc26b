// <x-story>: opening, turns, what can be done next. It stays at its end while it is read there, but never pushes the
// results of the newest turn out of sight. Whoever shows turns has fetched x-turn.js. Fires `older` and `choose`.

import { h, fill } from '../lib/h.js';
import { button, icon, kbd, setBusy } from '../lib/ui.js';

const nearPixels = 64;
const roomPixels = 10;
const choiceKeys = 3;

export class Story extends HTMLElement {
  #turns = new Map();
  #isFollowing = true;
  #target = 0;

  connectedCallback() {
    if (this.list) return;
    this.older = button('Show earlier turns',
      { hidden: true, onclick: () => this.dispatchEvent(new CustomEvent('older')) });
    this.opening = h('div', { class: 'prose opening', dir: 'auto' });
    this.list = h('ol', { class: 'turns', 'aria-label': 'Turns' });
    this.next = h('section', { class: 'next', 'aria-label': 'What next', hidden: true });
    this.jump = button('Newest', { icon: 'down', kind: 'small jump', hidden: true, onclick: () => this.follow() });
    this.column = h('div', { class: 'story' }, h('div', { class: 'more' }, this.older), this.opening, this.list,
      this.next);
    this.scroller = h('div', { class: 'story-scroll', tabindex: 0, role: 'region', 'aria-label': 'Story' },
      this.column);
    // Who opens a card reads there; the story does not run away from under them.
    this.list.addEventListener('click',
      event => { if (event.target.closest('.card-head')) this.#isFollowing = false; });
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#settle()).observe(this.column);
    new ResizeObserver(() => this.#settle()).observe(this.scroller);
    fill(this, this.scroller, this.jump);
  }

  /** Shows the turns of `lib/runs.js` after the campaign's opening; `next` are sentences to choose from. */
  show(state, { opening, format, next }) {
    const isWhole = state.next === null;
    this.older.hidden = isWhole;
    this.opening.hidden = !isWhole;
    if (isWhole && this.opening.textContent === '') fill(this.opening,
      opening.split(/\n{2,}/).map(part => h('p', {}, part)));
    const height = this.scroller.scrollHeight;
    const wasAtTop = !this.#isFollowing && state.items[0] && !this.#turns.has(state.items[0].id);
    this.#place(state.items, format);
    this.#offer(next);
    // Earlier turns come in above; what was being read stays where it is.
    if (wasAtTop) this.scroller.scrollTop += this.scroller.scrollHeight - height;
    this.#settle();
  }

  set isLoadingOlder(isBusy) {
    setBusy(this.older, isBusy);
  }

  /** Stays with the newest turn from now on. */
  follow() {
    this.#isFollowing = true;
    this.#settle();
  }

  #place(runs, format) {
    const kept = new Set(runs.map(run => run.id));
    for (const [id, node] of this.#turns) {
      if (kept.has(id)) continue;
      node.remove();
      this.#turns.delete(id);
    }
    runs.forEach((run, at) => {
      let item = this.#turns.get(run.id);
      if (!item) this.#turns.set(run.id, item = h('li', { 'data-run': run.id }, h('x-turn')));
      if (this.list.children[at] !== item) this.list.insertBefore(item, this.list.children[at] ?? null);
      item.firstChild.show(run, format);
    });
  }

  #offer(texts) {
    const shown = texts.join('\n');
    if (this.next.dataset.shown === shown) return;
    this.next.dataset.shown = shown;
    this.next.hidden = texts.length === 0;
    const choose = text => this.dispatchEvent(new CustomEvent('choose', { detail: text }));
    fill(this.next, h('ul', { class: 'choices' }, texts.map((text, at) => h('li', {},
      h('button', { type: 'button', class: 'choice', onclick: () => choose(text) },
        at < choiceKeys ? kbd(at + 1) : icon('right'), h('span', { class: 'grow', dir: 'auto' }, text))))));
  }

  #scrolled() {
    this.#isFollowing = this.scroller.scrollTop >= this.#target - nearPixels;
    this.jump.hidden = this.#isFollowing;
  }

  #settle() {
    const results = this.list.lastElementChild?.firstChild.results;
    const end = this.scroller.scrollHeight - this.scroller.clientHeight;
    const top = results ? results.getBoundingClientRect().top - this.scroller.getBoundingClientRect()
      .top + this.scroller.scrollTop : Infinity;
    this.#target = Math.max(0, Math.min(end, top - roomPixels));
    if (this.#isFollowing) this.scroller.scrollTop = this.#target;
  }
}

customElements.define('x-story', Story);
