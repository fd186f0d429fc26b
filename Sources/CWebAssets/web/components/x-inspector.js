// <x-inspector>: the one panel beside a page. A column where there is room, a drawer or sheet over the page where not.

import { h, fill } from '../lib/h.js';
import { iconButton } from '../lib/ui.js';

const narrow = matchMedia('(max-width: 1079px)');

export class Inspector extends HTMLElement {
  #opener = null;
  #dismissed = () => {};

  connectedCallback() {
    this.heading = h('h2', { id: 'inspector-title', tabindex: -1 });
    this.body = h('div', { class: 'inspector-body' });
    this.dialog = h('dialog', { class: 'inspector', 'aria-labelledby': 'inspector-title' },
      h('div', { class: 'inspector-top' }, this.heading, this.actions = h('div', { class: 'rowy' }),
        iconButton('Close', 'x', { onclick: () => this.dismiss() })),
      this.body);
    this.dialog.addEventListener('cancel', event => { event.preventDefault(); this.dismiss(); });
    this.dialog.addEventListener('click', event => { if (event.target === this.dialog) this.dismiss(); });
    narrow.addEventListener('change', () => { if (this.dialog.open) this.#place(); });
    this.append(this.dialog);
  }

  get isOpen() { return this.dialog.open; }

  /** Shows `nodes` under a title. `dismissed` is called when the person closes it. */
  show({ title, actions = [], nodes, dismissed = () => {} }) {
    const wasOpen = this.dialog.open;
    if (!wasOpen) this.#opener = document.activeElement;
    this.#dismissed = dismissed;
    fill(this.heading, title);
    fill(this.actions, actions);
    fill(this.body, nodes);
    this.body.scrollTop = 0;
    if (!wasOpen) {
      this.#place();
      this.heading.focus({ preventScroll: true });
    }
  }

  /** Closes it and gives the focus back to what opened it. */
  close() {
    if (!this.dialog.open) return;
    const hadFocus = this.dialog.contains(document.activeElement) || document.activeElement === document.body;
    this.dialog.close();
    this.closest('x-shell').classList.remove('has-inspector');
    if (hadFocus && this.#opener?.isConnected) this.#opener.focus({ preventScroll: true });
  }

  /** What Escape and the cross do. */
  dismiss() {
    if (!this.dialog.open) return;
    this.close();
    this.#dismissed();
  }

  #place() {
    if (this.dialog.open) this.dialog.close();
    if (narrow.matches) this.dialog.showModal();
    else this.dialog.show();
    this.closest('x-shell').classList.toggle('has-inspector', !narrow.matches);
  }
}

customElements.define('x-inspector', Inspector);
