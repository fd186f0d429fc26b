// <x-turn>: one turn of the story: what was said, what is being done, its cards, what was told of it. Fires `stop`,
// `again`, `undo`, `inspect` and `write` with the turn.

import { h, fill } from '../lib/h.js';
import { button, icon, said, status, timeStamp } from '../lib/ui.js';
import { fullTime, when } from '../lib/format.js';
import { cards, headline, stepsLine } from '../lib/run-cards.js';
import { modes } from '../lib/modes.js';
import { badges, givesBack, outcomeNote, stageWords, teller } from '../lib/run-words.js';
import { isUndoable } from '../lib/runs.js';
import './x-card.js';

export class Turn extends HTMLElement {
  #run = null;
  #format = null;
  #results = '';

  connectedCallback() {
    if (this.words) return;
    this.words = h('div', { class: 'said' });
    this.group = h('section', { class: 'turn', hidden: true });
    this.note = h('div', { class: 'turn-note', hidden: true });
    this.story = h('div', { class: 'prose', dir: 'auto' });
    this.foot = h('div', { class: 'told small faint' });
    this.stage = h('div', { class: 'stage', hidden: true });
    this.append(this.words, this.group, this.note, this.story, this.stage, this.foot);
  }

  get run() { return this.#run; }

  /** The cards, once there are some. */
  get results() { return this.group.hidden ? null : this.group; }

  show(run, format) {
    if (run === this.#run && format === this.#format) return;
    const isMore = this.#run && run.draft !== this.#run.draft && run.stage === this.#run.stage;
    this.#run = run;
    this.dataset.state = run.undoneAt ? 'undone' : run.stage ?? run.outcome;
    this.#drawStory();
    // A piece more of the story changes nothing else.
    if (isMore && format === this.#format) return;
    this.#drawWords();
    this.#drawResults(format);
    this.#drawNote();
    this.#drawStage();
    this.#drawFoot();
    this.#format = format;
  }

  #fire(name) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: this.#run }));
  }

  #drawWords() {
    const { by, mode, text, isByHand, createdAt } = this.#run;
    fill(this.words,
      h('p', { class: 'said-who small' }, said(by), h('span', { class: 'faint' },
        isByHand ? ', proposed by hand' : `, ${modes[mode]?.[0] ?? mode}`, ' · ',
        timeStamp(createdAt, when(createdAt), fullTime(createdAt)))),
      text && h('p', { class: 'said-text', dir: 'auto' }, text));
  }

  #drawResults(format) {
    const run = this.#run;
    this.group.hidden = run.operations.length === 0;
    const results = JSON.stringify([run.operations, run.text]);
    if (this.group.hidden || results === this.#results && format === this.#format) return;
    this.#results = results;
    const known = [...this.group.querySelectorAll('x-card')];
    const list = cards(run).map((one, at) => {
      const node = known[at] ?? h('x-card');
      node.show(one, format);
      return h('li', {}, node);
    });
    const name = headline(run);
    fill(this.group,
      h('div', { class: 'turn-head' }, h('div', { class: 'grow' }, h('h2', {}, said(name)),
        h('p', { class: 'small faint' }, stepsLine(run))),
        button('Inspect', {
          icon: 'panel', kind: 'bare small', 'aria-label': `Inspect this turn: ${name}`,
          onclick: () => this.#fire('inspect'),
        })),
      h('ul', { class: 'cards', 'data-format': format, 'aria-label': name }, list));
    this.group.setAttribute('aria-label', name);
  }

  #drawNote() {
    const note = outcomeNote(this.#run);
    this.note.hidden = !note;
    this.note.dataset.tone = note?.tone ?? '';
    fill(this.note, note && [
      status(note.icon, note.title, note.tone), h('p', { class: 'grow' }, said(note.text)),
      this.#run.failure && h('p', { class: 'small quiet grow' }, said(this.#run.failure)),
      givesBack(this.#run)
        && button('Write it again', { icon: 'pencil', kind: 'small', onclick: () => this.#fire('write') }),
    ]);
  }

  #drawStory() {
    const { narrative, say, draft, stage } = this.#run;
    const text = stage === 'narrating' ? draft ?? '' : narrative?.text ?? say ?? '';
    fill(this.story, text.split(/\n{2,}/).filter(Boolean).map(part => h('p', {}, part)));
    this.story.toggleAttribute('data-live', stage === 'narrating');
  }

  #drawStage() {
    const words = stageWords(this.#run);
    this.stage.hidden = !words;
    fill(this.stage, words && [
      icon('wait'), h('p', { class: 'grow' }, words.text, ' ', h('span', { class: 'faint' }, words.stop)),
      button('Stop', { icon: 'stop', kind: 'small', title: 'Stop (Escape)', onclick: () => this.#fire('stop') }),
    ]);
  }

  #drawFoot() {
    const run = this.#run;
    const told = teller(run);
    const badge = told?.badge ?? run.calls.at(-1)?.badge ?? null;
    fill(this.foot, run.stage == null && [
      told && h('span', {}, icon('quill'), ` ${told.text}`),
      !told && run.say && h('span', {}, 'Words only: nothing changed.'),
      badge && h('span', { class: 'tag badge', title: badges[badge] ?? badge },
        badge === 'results' ? 'by rule' : badge),
      h('span', { class: 'grow' }),
      run.outcome === 'executed' && !run.undoneAt
        && button('Tell again', {
          icon: 'redo', kind: 'bare small', title: 'Tells the same results in other words; nothing is rolled',
          onclick: () => this.#fire('again'),
        }),
      isUndoable(run) && button('Undo', { icon: 'undo', kind: 'bare small', onclick: () => this.#fire('undo') }),
      !run.operations.length
        && button('Inspect', { icon: 'panel', kind: 'bare small', onclick: () => this.#fire('inspect') }),
    ]);
  }
}

customElements.define('x-turn', Turn);
