// <x-composer>: what somebody does next. The text stays until the server has it. Fires `send` and `stop`.

import { h, fill } from '../lib/h.js';
import { icon, segmented } from '../lib/ui.js';
import { modes } from '../lib/modes.js';
import { emptyDraft, readDraft, writeDraft } from '../lib/drafts.js';

const textCharactersMax = 8000;

export class Composer extends HTMLElement {
  #campaign = null;
  #mode = 'act';

  connectedCallback() {
    if (this.form) return;
    this.area = h('textarea', {
      id: 'words', rows: 1, dir: 'auto', maxlength: textCharactersMax, placeholder: 'What do you do?',
      'aria-describedby': 'words-hint',
      oninput: () => this.#keep(), onkeydown: event => this.#press(event),
    });
    this.hint = h('p', { class: 'composer-hint small', id: 'words-hint' });
    this.modes = h('div', { class: 'composer-modes' });
    this.model = h('div', { class: 'composer-model small faint' });
    this.sendButton = h('button', { type: 'submit', class: 'btn primary send', 'aria-label': 'Send',
      title: 'Send (Enter)' }, icon('send'));
    this.stopButton = h('button', {
      type: 'button', class: 'btn send', 'aria-label': 'Stop this turn', title: 'Stop (Escape)', hidden: true,
      onclick: () => this.dispatchEvent(new CustomEvent('stop')),
    }, icon('stop'));
    this.note = h('p', { class: 'form-error', role: 'alert', hidden: true });
    this.form = h('form',
      { class: 'composer', novalidate: true, onsubmit: event => { event.preventDefault(); this.#send(); } },
      h('label', { class: 'vh', for: 'words' }, 'What do you do?'), this.area,
      h('div', { class: 'composer-bar' }, this.modes, this.hint, this.model, this.stopButton, this.sendButton));
    fill(this, this.note, this.form);
    this.#show(emptyDraft);
  }

  /** Whose draft is kept here. */
  set campaign(id) {
    if (id === this.#campaign) return;
    this.#campaign = id;
    this.#show(readDraft(id));
  }

  /** While a turn is under way one can write, but not send. */
  set isBusy(isBusy) {
    this.sendButton.hidden = isBusy;
    this.stopButton.hidden = !isBusy;
  }

  set isAllowed(isAllowed) {
    this.area.disabled = !isAllowed;
    this.sendButton.disabled = !isAllowed;
    this.area.placeholder = isAllowed ? 'What do you do?' : 'You are a viewer here: you see every turn as it happens.';
  }

  set speaker(nodes) {
    fill(this.model, nodes);
  }

  get isEmpty() { return this.area.value.trim() === ''; }

  /** Puts words back, as after a turn that did nothing with them. */
  write(text, mode = this.#mode) {
    this.#show({ text, mode });
    this.#keep();
  }

  /** The server has it. Words written meanwhile stay. */
  sent(text) {
    if (this.area.value.trim() === text.trim()) this.write('');
    this.say('');
  }

  /** Says why it was not taken. */
  say(text) {
    this.note.hidden = text === '';
    fill(this.note, text && [icon('alert'), h('span', {}, text)]);
  }

  #show({ text, mode }) {
    this.area.value = text;
    this.#setMode(mode);
    fill(this.modes, segmented('How you say it', Object.entries(modes).map(([name, [word]]) => [name, word]), mode,
      value => {
      this.#setMode(value);
      this.#keep();
    }));
  }

  #setMode(mode) {
    this.#mode = mode;
    this.hint.textContent = modes[mode][1];
  }

  #keep() {
    this.say('');
    if (this.#campaign) writeDraft(this.#campaign, { text: this.area.value, mode: this.#mode });
  }

  #press(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.area.value.trim();
    if (!text) return this.area.focus();
    if (this.sendButton.hidden) return this.say('A turn is under way; send this when it has ended.');
    if (this.sendButton.disabled) return;
    this.dispatchEvent(new CustomEvent('send', { detail: { text, mode: this.#mode } }));
  }
}

customElements.define('x-composer', Composer);
