// <x-connection>: a banner while the page is not up to date, with the time of what it shows.

import { h, fill } from '../lib/h.js';
import { button, icon } from '../lib/ui.js';
import { clockTime } from '../lib/format.js';

// A connection that is back at once is not worth a line that moves the page.
const quietMilliseconds = 400;

export class Connection extends HTMLElement {
  #timer = null;
  #shown = '';

  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  /** Shows the state of a feed; `retry` tries again at once. */
  show(state, retry) {
    clearTimeout(this.#timer);
    if (state.name === 'lost') {
      this.#timer = setTimeout(() => this.#lost(state, retry), this.#shown ? 0 : quietMilliseconds);
    } else if (state.name === 'signed_out') {
      this.#draw('lock', 'Signed out. ', 'Your session has ended; what you see is no longer kept up to date.',
        h('a', { class: 'btn small', href: '/sign-in' }, 'Sign in'));
    } else if (state.name === 'live') {
      this.#clear();
    }
  }

  #lost({ since }, retry) {
    const text = since
      ? `You see the state of ${clockTime(since)}. Nothing is lost; Arbiter goes on without this page.`
      : 'Arbiter does not answer. See that it runs (“arbiter serve”).';
    this.#draw('offline', 'Reconnecting. ', text, button('Try now', { kind: 'small', onclick: retry }));
  }

  #draw(name, title, text, action) {
    // Attempts come and go; only what reads differently is drawn, so that it is said once.
    if (this.#shown === title + text) return;
    this.#shown = title + text;
    document.documentElement.dataset.stale = '';
    fill(this, h('div', { class: 'banner' }, icon(name), h('p', { class: 'grow' }, h('b', {}, title), text), action));
  }

  #clear() {
    this.#shown = '';
    delete document.documentElement.dataset.stale;
    fill(this);
  }
}

customElements.define('x-connection', Connection);
