// The editor of a proposal: a draft, its forms, and a check after every change.

import '../components/x-step.js';
import '../components/x-rehearsal.js';
import { h, fill } from './h.js';
import { button, icon, setBusy } from './ui.js';
import { post } from './api.js';
import { commands } from './keyboard.js';
import { explain } from './problem.js';
import {
  emptyProposal, referenceChoices, stepsMax, toProposal, withChange, withKey, withStep, withStepMoved, withoutStep,
} from './proposal-draft.js';
import { faultsByField, repairOf, repaired } from './proposal-faults.js';
import { readProposal, writeProposal } from './proposal-store.js';
import { sceneDefaults } from './scene-choices.js';
import { fieldsOf } from './schema-fields.js';
import { spellSteps } from './spell-steps.js';
import { Submission } from './submission.js';

const pauseMilliseconds = 250;
// What play consists of, in the order of how often it is wanted.
const order = [
  'roll_dice', 'roll_attack', 'roll_saving_throw_batch', 'apply_damage', 'heal', 'apply_condition', 'consume_resource',
  'advance_time',
];

export class ProposalEditor {
  #shell;
  #catalogue;
  #campaign;
  #draft;
  #report = null;
  #timer = null;
  #turn = 0;
  #redraw = 0;
  #nodes = new Map();
  #executing;

  /** `catalogue` are the operations of `GET /operations`; the draft of the campaign goes on where it was left. */
  constructor(shell, catalogue, campaign) {
    this.#shell = shell;
    this.#catalogue = new Map(catalogue.map(facts => [facts.name, facts]));
    this.#campaign = campaign;
    const kept = readProposal(campaign.id);
    this.#draft = kept?.steps.every(step => this.#catalogue.has(step.operation)) ? kept : emptyProposal;
    this.#executing = new Submission((input, key) => post(`/campaigns/${this.#campaign.id}/runs`, input, key));
    this.#find();
    this.#listen();
    this.#changed();
  }

  /** The campaign as it stands: what can be named, and what the check is made against. */
  set campaign(campaign) {
    if (campaign === this.#campaign) return;
    this.#campaign = campaign;
    this.#redraw += 1;
    this.#changed();
  }

  set isAllowed(isAllowed) {
    this.execute.disabled = !isAllowed;
  }

  #find() {
    const main = this.#shell.querySelector('main');
    this.list = main.querySelector('.steps');
    this.adding = main.querySelector('.adding');
    this.rehearsal = main.querySelector('x-rehearsal');
    this.foot = main.querySelector('.propose-foot');
    main.querySelector('.to-play').href = `/play?campaign=${this.#campaign.id}`;
    this.words = h('input', { id: 'purpose', class: 'input', maxlength: 8000, autocomplete: 'off', dir: 'auto' });
    this.execute = button('Execute', {
      icon: 'done', kind: 'primary tall', title: 'Execute (Ctrl Enter)', onclick: () => this.#execute(),
    });
    this.problem = h('p', { class: 'form-error', role: 'alert', hidden: true });
    fill(this.foot, this.problem, h('div', { class: 'field-row' },
      h('div', { class: 'field' }, h('label', { for: 'purpose' }, 'In words, for the story ',
        h('span', { class: 'faint' }, '(optional)')), this.words),
      this.execute));
    this.#offer();
  }

  #offer() {
    const known = order.filter(name => this.#catalogue.has(name));
    const { creatures, acting } = this.#campaign;
    const spells = (creatures.find(one => one.id === acting)?.spells ?? [])
      .filter(spell => spell.damage || spell.healing || spell.condition);
    const pick = h('select', {
      class: 'input', 'aria-label': 'Add the steps of a spell', onchange: event => {
        const spell = spells.find(one => one.name === event.target.value);
        event.target.value = '';
        if (spell) this.#add(spellSteps(spell, this.#campaign));
      },
    }, h('option', { value: '' }, 'The steps of a spell…'),
      spells.map(one => h('option', { value: one.name }, one.name)));
    fill(this.adding, h('h2', {}, 'Add a step'), h('div', { class: 'add-steps' },
      known.map(name => button(this.#catalogue.get(name).title, {
        icon: 'plus', kind: 'small', 'data-operation': name, onclick: () => this.#add([{ operation: name }]),
      })), spells.length > 0 && pick));
  }

  #listen() {
    const on = (name, act) => this.list.addEventListener(name, event => {
      if (event.detail?.id === undefined) return;
      act(event.detail);
      this.#changed();
    });
    on('change', ({ id, changes: { key, ...others } }) => {
      this.#draft = withChange(key === undefined ? this.#draft : withKey(this.#draft, id, key), id, others);
    });
    on('move', ({ id, by }) => { this.#draft = withStepMoved(this.#draft, id, by); });
    on('remove', ({ id }) => { this.#draft = withoutStep(this.#draft, id); });
    on('repair', ({ id, fault }) => {
      const step = this.#draft.steps.find(one => one.id === id);
      this.#draft = withChange(this.#draft, id, repaired(step, fault, repairOf(fault)));
      this.#redraw += 1;
      this.#shell.announce('Repaired.');
    });
    commands.register({
      id: 'execute', title: 'Execute the proposal', keys: 'Ctrl Enter', group: 'This page', icon: 'done',
      run: () => this.#execute(),
    });
  }

  #add(steps) {
    if (this.#draft.steps.length + steps.length > stepsMax) {
      return this.#shell.toast(`A proposal has at most ${stepsMax} steps.`);
    }
    const keys = [];
    for (const { operation, values = {}, refs = {} } of steps) {
      const defaults = sceneDefaults(fieldsOf(this.#catalogue.get(operation)), this.#campaign);
      this.#draft = withStep(this.#draft, operation, { ...defaults, ...values });
      const { id, key } = this.#draft.steps.at(-1);
      keys.push(key);
      // A recipe names its own steps by their place in it.
      const named = Object.entries(refs).map(([field, at]) => [field, keys[at]]);
      this.#draft = withChange(this.#draft, id, { refs: Object.fromEntries(named) });
    }
    this.#changed();
    this.list.lastElementChild?.scrollIntoView({ block: 'nearest' });
    this.list.lastElementChild?.querySelector('.step-fields :is(input, select)')?.focus({ preventScroll: true });
  }

  #changed() {
    writeProposal(this.#campaign.id, this.#draft);
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#check(), pauseMilliseconds);
  }

  #show() {
    const { steps } = this.#draft;
    const fields = steps.map(step => fieldsOf(this.#catalogue.get(step.operation)));
    const names = at => [...fields[at].map(one => one.name), 'result_key'];
    const faults = faultsByField(this.#report?.faults ?? [], steps.length, names);
    const kept = new Set(steps.map(step => step.id));
    for (const [id, node] of this.#nodes) {
      if (kept.has(id)) continue;
      node.remove();
      this.#nodes.delete(id);
    }
    steps.forEach((step, at) => {
      let node = this.#nodes.get(step.id);
      if (!node) this.#nodes.set(step.id, node = h('li', {}, h('x-step')));
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
      const titleOf = name => this.#catalogue.get(name).title;
      const references = Object.fromEntries(fields[at].map(one => [one.name,
        referenceChoices(this.#draft, step.id, one, titleOf)]));
      node.firstChild.show({
        step, number: at + 1, count: steps.length, facts: this.#catalogue.get(step.operation), fields: fields[at],
        campaign: this.#campaign,
        references, faults: faults.steps[at], redraw: this.#redraw,
      });
    });
    this.list.hidden = steps.length === 0;
    this.rehearsal.show(steps.length ? this.#report : null, faults.rest);
  }

  /** Asks the server what the proposal would do; an answer to an earlier question is dropped. */
  async #check() {
    const turn = ++this.#turn;
    if (!this.#draft.steps.length) return this.#take(null);
    this.rehearsal.isBusy = true;
    try {
      const report = await post('/proposals/checks', { subject: `campaigns/${this.#campaign.id}`,
        proposal: toProposal(this.#draft, this.#catalogue) });
      if (turn === this.#turn) this.#take(report);
    } catch (problem) {
      if (turn === this.#turn) this.rehearsal.fail(problem.message);
    }
    if (turn === this.#turn) this.rehearsal.isBusy = false;
  }

  #take(report) {
    this.#report = report;
    this.#show();
  }

  async #execute() {
    if (this.execute.disabled || this.execute.getAttribute('aria-disabled') === 'true') return;
    this.#say('');
    if (!this.#draft.steps.length) return this.#say('Add a step first.');
    setBusy(this.execute, true);
    try {
      const proposal = toProposal(this.#draft, this.#catalogue);
      const run = await this.#executing.send({ mode: 'act', text: this.words.value.trim(), proposal });
      if (!run) return;
      writeProposal(this.#campaign.id, emptyProposal);
      location.assign(`/play?campaign=${this.#campaign.id}`);
    } catch (problem) {
      if (problem.errors.length) this.#take({ isExecutable: false, operations: this.#report?.operations ?? [],
        faults: problem.errors });
      const refusal = 'It cannot be executed as it is; what is wrong is said at its place. Nothing was written.';
      this.#say(problem.errors.length ? refusal : explain(problem));
      this.list.querySelector('[aria-invalid=true]')?.focus();
    } finally {
      setBusy(this.execute, false);
    }
  }

  #say(text) {
    this.problem.hidden = text === '';
    fill(this.problem, text && [icon('alert'), h('span', {}, text)]);
  }
}
