// <x-fairness>: the seed in use, what was added to it, and the seeds made public. Fires `rotate`.

import { h, fill } from '../lib/h.js';
import { facts } from '../lib/facts.js';
import { button, complain, field, icon, said, setBusy, status, timeStamp } from '../lib/ui.js';
import { count, fullTime, hash, when } from '../lib/format.js';
import { plural } from '../lib/plural.js';
import { keepsPromise, withSeed } from '../lib/fairness.js';
import { post } from '../lib/api.js';
import { fieldErrors } from '../lib/field-errors.js';
import { explain } from '../lib/problem.js';
import { Submission } from '../lib/submission.js';

export class Fairness extends HTMLElement {
  #state = null;
  #workspace = null;
  #adding = new Submission((input, key) => post('/fairness/entropy', input, key));

  connectedCallback() {
    if (this.now) return;
    this.now = h('div', { class: 'stack seed-now' }, h('p', { class: 'quiet' }, 'Loading…'));
    this.text = h('input', {
      id: 'entropy', class: 'input', maxlength: 200, autocomplete: 'off', dir: 'auto',
      oninput: () => complain(this.text),
    });
    this.add = h('button', { type: 'submit', class: 'btn' }, icon('plus'), h('span', {}, 'Contribute'));
    this.form = h('form', { novalidate: true, onsubmit: event => { event.preventDefault(); this.#contribute(); } },
      h('div', { class: 'field-row' },
        field('Your own words', this.text,
          'Mixed into every later roll, and shown to everybody. The stranger the better.'), this.add));
    this.rotate = button('Rotate the seed…', {
      icon: 'redo', hidden: true, onclick: () => this.dispatchEvent(new CustomEvent('rotate')),
    });
    this.past = h('div', { class: 'stack' });
    this.append(this.now, this.form, this.rotate, this.past);
  }

  set isOwner(isOwner) {
    this.rotate.hidden = !isOwner;
  }

  /** The workspace's id: a commitment covers it. */
  set workspace(id) {
    this.#workspace = id;
  }

  get state() { return this.#state; }

  set state(state) {
    this.#state = state;
    fill(this.now, current(state.current));
    fill(this.past, h('h3', {}, 'Seeds made public'), state.past.length
      ? h('ul', { class: 'seeds' }, state.past.map(seed => this.#revealed(seed)))
      : h('p', { class: 'small faint' },
        'None yet. A rotation makes the seed in use public, so that its rolls can be checked.'));
  }

  async #contribute() {
    const text = this.text.value.trim();
    if (!text) return complain(this.text, ['Write 1 to 200 characters.']);
    setBusy(this.add, true);
    try {
      const answer = await this.#adding.send({ text });
      if (!answer) return;
      this.state = withSeed(this.#state, answer.seed);
      this.text.value = '';
      this.closest('x-shell').announce('Contributed. Later rolls depend on your words.');
    } catch (problem) {
      const { fields, rest } = fieldErrors(problem, ['text']);
      complain(this.text, problem.errors.length ? [...fields.text ?? [], ...rest] : [explain(problem)]);
      this.text.focus();
    } finally {
      setBusy(this.add, false);
    }
  }

  #revealed(seed) {
    const answer = h('span', { role: 'status' });
    const check = button('Check the promise', {
      icon: 'shield', kind: 'small', onclick: () => this.#check(seed, answer),
    });
    return h('li', {}, h('details', {},
      h('summary', {}, h('b', {}, `Seed ${seed.number}`),
        h('span', { class: 'quiet' }, plural(seed.nextRoll, 'roll', 'rolls'), ', made public ',
          timeStamp(seed.revealedAt, when(seed.revealedAt), fullTime(seed.revealedAt)))),
      facts([
        ['Commitment', h('code', { class: 'hash' }, hash(seed.commitment))],
        ['Secret', h('code', { class: 'hash' }, hash(seed.secret))],
      ]),
      h('p', { class: 'small quiet' },
        'To check: the commitment is the SHA-256 of “arbiter dice commitment v1”, a zero byte, the secret, the ',
        'workspace’s id and the seed’s number (8 bytes). Then each roll’s dice follow from the secret, the ',
        'contributions and the numbers in its journal row.'),
      contributions(seed),
      h('div', { class: 'rowy wrap' }, check, answer)));
  }

  async #check(seed, answer) {
    if (!globalThis.crypto?.subtle) {
      return fill(answer, status('info', 'Browsers compute hashes only on https and on this machine.'));
    }
    const isKept = await keepsPromise(seed, this.#workspace, crypto.subtle).catch(() => false);
    fill(answer, isKept
      ? status('done', 'Computed here: the secret is the one promised.', 'ok')
      : status('fail', 'The secret is not the one promised.', 'bad'));
  }
}

customElements.define('x-fairness', Fairness);

function current(seed) {
  return [
    facts([
      ['Seed', `${seed.number}, fixed ${fullTime(seed.createdAt)}`],
      ['Commitment', h('code', { class: 'hash' }, hash(seed.commitment))],
      ['Rolls so far', count(seed.nextRoll)],
    ]),
    contributions(seed),
  ];
}

function contributions({ entropy }) {
  if (!entropy.length) return h('p', { class: 'small faint' }, 'Nobody has contributed to this seed.');
  return h('ol', { class: 'contributions', 'aria-label': 'Contributions', tabindex: 0 }, entropy.map(one => h('li', {},
    h('span', { class: 'num faint' }, one.number), said(one.text, { class: 'grow' }),
    h('span', { class: 'small faint' }, said(one.person.name), ' · ',
      timeStamp(one.time, when(one.time), fullTime(one.time))))));
}
