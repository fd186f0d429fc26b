// <x-shell area="dice">: wires the frame that the page's HTML holds: rail, header, banner, inspector, keys.

import { h, fill } from '../lib/h.js';
import { icon, said } from '../lib/ui.js';
import { commands, listen } from '../lib/keyboard.js';
import { preference, setPreference } from '../lib/preferences.js';
import { initials } from '../lib/format.js';

// Drawing, name, address, key.
const areas = [
  ['play', 'Play', '/play', 'P'],
  ['form', 'Compose by hand', '/propose', 'C'],
  ['dice', 'Dice', '/dice', 'D'],
  ['journal', 'Journal', '/journal', 'J'],
  ['runs', 'Calls', '/calls', 'M'],
  ['settings', 'Settings', '/settings', 'S'],
  ['info', 'About', '/about', 'A'],
];
const themes = {
  auto: ['Theme: as the system', 'auto'],
  light: ['Theme: light', 'sun'],
  dark: ['Theme: dark', 'moon'],
};

export class Shell extends HTMLElement {
  #spoken = null;

  connectedCallback() {
    this.#registerCommands();
    this.addEventListener('click', event => this.#click(event));
    document.addEventListener('preference', ({ detail }) => { if (detail.name === 'theme') this.#showTheme(); });
    this.#showTheme();
    this.#spoken = h('p', { class: 'vh', role: 'status' });
    this.append(this.#spoken, h('x-toast'));
    listen();
  }

  /** Who is signed in, and where. */
  set session({ person, workspace }) {
    fill(this.querySelector('.avatar'), initials(person.name));
    fill(this.querySelector('.rail-name'), said(person.name));
    if (workspace.name) this.workspaceName = workspace.name;
  }

  set workspaceName(name) {
    fill(this.querySelector('.top-workspace'), said(name));
  }

  /** Says something once to those who listen. */
  announce(text) {
    // The same line again is heard only when it is another node.
    fill(this.#spoken, h('span', {}, text));
  }

  /** Shows a notice with at most one action. */
  toast(text, options) {
    this.querySelector('x-toast').show(text, options);
  }

  /** Fetches a module that is first needed now and uses it, or says that it cannot be had. */
  async load(fetch, use) {
    const module = await fetch().catch(() => null);
    if (module) return use(module);
    this.toast('The server does not answer, so this part of the page is missing. Reload it when the server is back.',
      { tone: 'bad' });
  }

  /** Undoes a journal row; see `lib/undoing.js`. */
  undo(number, what, options) {
    return this.load(() => import('../lib/undoing.js'), ({ undo }) => undo(this, number, what, options));
  }

  /** Does again what a journal row did. */
  redo(number, what, options) {
    return this.load(() => import('../lib/undoing.js'), ({ redo }) => redo(this, number, what, options));
  }

  #registerCommands() {
    const go = ([id, name, address, key]) => ({
      id: `go.${id}`, title: `Go to ${name}`, keys: `G ${key}`, group: 'Go', icon: id,
      run: () => location.assign(address),
    });
    const theme = name => ({
      id: `theme.${name}`, title: themes[name][0], group: 'Look', icon: themes[name][1],
      run: () => setPreference('theme', name),
    });
    const density = name => ({
      id: `density.${name}`, title: `Density: ${name}`, group: 'Look', icon: 'density',
      run: () => setPreference('density', name),
    });
    const everywhere = (id, title, keys, icon, run) => ({ id, title, keys, group: 'Everywhere', icon, run });
    commands.register(
      ...areas.map(go),
      everywhere('palette', 'Run a command', 'Ctrl K', 'search', () => this.#open('x-palette')),
      everywhere('help', 'Show keys', '?', 'help', () => this.#open('x-help')),
      everywhere('close', 'Close the inspector', 'Escape', 'x', () => this.querySelector('x-inspector').dismiss?.()),
      everywhere('rail', 'Fold or unfold the rail', '[', 'left', () => this.#foldRail()),
      ...Object.keys(themes).map(theme), density('compact'), density('comfortable'));
  }

  #click(event) {
    const name = event.target.closest('[data-command]')?.dataset.command;
    if (name === 'theme') setPreference('theme', { auto: 'light', light: 'dark', dark: 'auto' }[preference('theme')]);
    if (name === 'palette') this.#open('x-palette');
    if (name === 'help') this.#open('x-help');
  }

  /** Palette and help are fetched when first asked for. */
  #open(name) {
    return this.load(() => import(`./${name}.js`), () => {
      if (!this.querySelector(name)) this.append(h(name));
      this.querySelector(name).open();
    });
  }

  #foldRail() {
    setPreference('rail', preference('rail') === 'small' ? 'wide' : 'small');
  }

  #showTheme() {
    const [text, name] = themes[preference('theme')];
    for (const control of this.querySelectorAll('[data-command=theme]')) {
      control.setAttribute('aria-label', text);
      control.title = text;
      fill(control, icon(name));
    }
  }
}

customElements.define('x-shell', Shell);
