// <x-cache>: the answers that routes have kept, how often one was found, and a button that takes all of them away. Fires
// `changed`.

import { h, fill } from '../lib/h.js';
import { button, setBusy } from '../lib/ui.js';
import { request } from '../lib/api.js';
import { confirm } from '../lib/confirm.js';
import { explain } from '../lib/problem.js';
import { cacheSentence, lookSentence } from '../lib/spend.js';
import { Submission } from '../lib/submission.js';

export class Cache extends HTMLElement {
  #emptying = new Submission((_, key) => request('DELETE', '/cache', { key }));

  connectedCallback() {
    if (this.words) return;
    this.words = h('p', { class: 'quiet' }, 'Loading…');
    this.looks = h('p', { class: 'small faint' });
    this.empty = button('Empty the cache', { hidden: true, onclick: () => this.#empty() });
    fill(this, this.words, this.looks, this.empty);
  }

  /** `{ cache, isOwner }`: what `GET /cache` says. */
  set state({ cache, isOwner }) {
    fill(this.words, cacheSentence(cache));
    fill(this.looks, lookSentence(cache.sinceStart));
    const isGoing = !isOwner || !cache.answers;
    if (isGoing && document.activeElement === this.empty) this.closest('section').focus();
    this.empty.hidden = isGoing;
  }

  async #empty() {
    const goOn = await confirm({
      title: 'Empty the cache?', verb: 'Empty it',
      text: [
        h('p', {}, 'All answers that routes have kept are taken away, of everybody. The next equal call is asked anew, and costs what it costs.'),
        h('p', { class: 'quiet' }, 'This cannot be undone.'),
      ],
    });
    if (!goOn) return;
    setBusy(this.empty, true);
    try {
      if (!await this.#emptying.send({})) return;
      this.closest('x-shell').toast('The cache is empty.');
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (problem) {
      this.closest('x-shell').toast(explain(problem), { tone: 'bad' });
    } finally {
      setBusy(this.empty, false);
    }
  }
}

customElements.define('x-cache', Cache);
