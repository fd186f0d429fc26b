// <x-help>: ? shows every key of this page, from the same registry as the palette.

import { h, fill } from '../lib/h.js';
import { iconButton, kbd } from '../lib/ui.js';
import { byGroup } from '../lib/command-lists.js';
import { commands } from '../lib/keyboard.js';
import { preference, setPreference } from '../lib/preferences.js';

export class Help extends HTMLElement {
  connectedCallback() {
    if (this.dialog) return;
    this.dialog = h('dialog', {
      class: 'help', 'aria-labelledby': 'help-title',
      onclick: event => { if (event.target === this.dialog) this.dialog.close(); },
    });
    this.append(this.dialog);
  }

  open() {
    const group = ([name, list]) => h('section', {}, h('h3', {}, name),
      h('dl', {}, list.map(command => h('div', {}, h('dt', {}, command.title), h('dd', {}, kbd(command.keys))))));
    fill(this.dialog,
      h('div', { class: 'dialog-top' }, h('h2', { id: 'help-title' }, 'Keys'),
        iconButton('Close', 'x', { onclick: () => this.dialog.close() })),
      h('div', { class: 'help-groups' }, [...byGroup(commands.all)].map(group)),
      h('label', { class: 'check' },
        h('input', {
          type: 'checkbox', checked: preference('letters') === 'on',
          onchange: event => setPreference('letters', event.target.checked ? 'on' : 'off'),
        }), 'Keys of a single letter'),
      h('p', { class: 'small faint' }, 'They never count while you write in a field.'));
    this.dialog.showModal();
  }
}

customElements.define('x-help', Help);
