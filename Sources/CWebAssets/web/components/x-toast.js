// <x-toast>: notices with at most one action. They wait under pointer and focus; what failed stays until dismissed.

import { h } from '../lib/h.js';
import { button, icon, iconButton } from '../lib/ui.js';

const shownMax = 3;
const shownMilliseconds = 8000;

export class Toast extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
  }

  /** `action` is `{ title, run }`; `tone` ok or bad. */
  show(text, { action, tone = 'ok' } = {}) {
    while (this.children.length >= shownMax) this.firstChild.remove();
    const note = h('div', { class: `toast ${tone}` }, icon(tone === 'bad' ? 'alert' : 'done'),
      h('span', { class: 'grow' }, text));
    let timer;
    const hold = () => clearTimeout(timer);
    const start = () => { if (tone !== 'bad') timer = setTimeout(() => note.remove(), shownMilliseconds); };
    if (action) note.append(button(action.title, { kind: 'bare', onclick: () => { note.remove(); action.run(); } }));
    note.append(iconButton('Dismiss', 'x', { onclick: () => note.remove() }));
    for (const name of ['pointerenter', 'focusin']) note.addEventListener(name, hold);
    for (const name of ['pointerleave', 'focusout']) note.addEventListener(name, start);
    this.append(note);
    start();
  }
}

customElements.define('x-toast', Toast);
