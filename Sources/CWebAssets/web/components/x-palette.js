// <x-palette>: Ctrl K. A combobox over the registry of commands, each with its key.

import { h, fill } from '../lib/h.js';
import { icon, kbd, uid } from '../lib/ui.js';
import { search } from '../lib/command-lists.js';
import { commands } from '../lib/keyboard.js';

export class Palette extends HTMLElement {
  #found = [];
  #marked = 0;
  #id = uid('palette');

  connectedCallback() {
    if (this.dialog) return;
    this.input = h('input', {
      type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': this.#id, 'aria-autocomplete': 'list',
      'aria-label': 'Search commands', placeholder: 'Run a command', autocomplete: 'off', spellcheck: 'false',
      oninput: () => this.#list(), onkeydown: event => this.#press(event),
    });
    this.options = h('div', {
      role: 'listbox', id: this.#id, 'aria-label': 'Commands', class: 'palette-list', tabindex: -1,
    });
    this.dialog = h('dialog', { class: 'palette', 'aria-label': 'Commands', onclick: event => this.#click(event) },
      h('div', { class: 'palette-top' }, icon('search'), this.input, kbd('Esc')), this.options);
    this.append(this.dialog);
  }

  open() {
    this.input.value = '';
    this.#list();
    this.dialog.showModal();
    this.input.focus();
  }

  #list() {
    this.#found = search(commands.all, this.input.value);
    const nodes = [];
    let group;
    this.#found.forEach((command, index) => {
      if (command.group !== group) {
        group = command.group;
        nodes.push(h('div', { class: 'palette-group', role: 'presentation' }, group));
      }
      nodes.push(this.#option(command, index));
    });
    const none = h('div', { role: 'option', 'aria-disabled': 'true', class: 'palette-none' },
      'Nothing matches. Try “theme” or “go”.');
    fill(this.options, nodes.length ? nodes : none);
    this.#mark(0);
  }

  #option(command, index) {
    return h('div', {
      role: 'option', id: `${this.#id}-${index}`, class: 'palette-option',
      onclick: () => this.#run(index), onpointermove: () => { if (this.#marked !== index) this.#mark(index); },
    }, icon(command.icon ?? 'right'), h('span', { class: 'grow' }, command.title), command.keys && kbd(command.keys));
  }

  #mark(index) {
    this.#marked = index;
    const options = this.options.querySelectorAll('.palette-option');
    options.forEach((node, at) => node.setAttribute('aria-selected', at === index));
    const node = this.options.querySelector(`#${this.#id}-${index}`);
    if (!node) return this.input.removeAttribute('aria-activedescendant');
    this.input.setAttribute('aria-activedescendant', node.id);
    node.scrollIntoView({ block: 'nearest' });
  }

  #press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const size = this.#found.length;
    if (step && size) this.#mark((this.#marked + step + size) % size);
    if (event.key === 'Enter') this.#run(this.#marked);
    if (step || event.key === 'Enter') event.preventDefault();
  }

  #run(index) {
    const command = this.#found[index];
    if (!command) return;
    this.dialog.close();
    command.run();
  }

  /** Outside the box closes it. */
  #click(event) {
    if (event.target === this.dialog) this.dialog.close();
  }
}

customElements.define('x-palette', Palette);
