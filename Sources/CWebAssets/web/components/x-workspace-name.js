// <x-workspace-name>: the name of the workspace, which two people may edit at once: nobody's is overwritten unseen.

import { h, fill } from '../lib/h.js';
import { button, complain, field, icon, said, setBusy } from '../lib/ui.js';
import { get, request } from '../lib/api.js';
import { fieldErrors } from '../lib/field-errors.js';
import { explain } from '../lib/problem.js';

export class WorkspaceName extends HTMLElement {
  #seen = null;

  connectedCallback() {
    if (this.form) return;
    this.input = h('input', {
      id: 'workspace-name', class: 'input', maxlength: 100, required: true, dir: 'auto', autocomplete: 'off',
      oninput: () => complain(this.input),
    });
    this.save = h('button', { type: 'submit', class: 'btn primary' }, h('span', {}, 'Rename'));
    this.conflict = h('div', { class: 'conflict', role: 'alert', hidden: true });
    const submit = event => {
      event.preventDefault();
      this.#write();
    };
    this.form = h('form', { class: 'stack', novalidate: true, onsubmit: submit },
      h('div', { class: 'field-row' }, field('Name', this.input), this.save), this.conflict);
    this.append(this.form);
  }

  set isAllowed(isAllowed) {
    this.input.readOnly = !isAllowed;
    this.save.hidden = !isAllowed;
  }

  /** The workspace as the server has it. What somebody is writing here is kept. */
  set workspace({ name, revision }) {
    const isUntouched = !this.#seen || this.input.value === this.#seen.name;
    if (isUntouched || this.input.value === name) {
      this.#take({ name, revision });
    } else if (revision > this.#seen.revision) {
      this.#offer({ name, revision });
    }
  }

  async #write(revision = this.#seen?.revision) {
    const name = this.input.value.trim();
    if (!name) return complain(this.input, ['Write a name, 1 to 100 characters.']);
    if (this.save.getAttribute('aria-disabled') === 'true' || !this.#seen || name === this.#seen.name) return;
    setBusy(this.save, true);
    try {
      const { data } = await request('PATCH', '/workspace', { body: { name }, etag: `"${revision}"` });
      this.#take(data.workspace);
      const shell = this.closest('x-shell');
      shell.workspaceName = data.workspace.name;
      shell.toast(`Renamed to “${data.workspace.name}”`);
    } catch (problem) {
      await this.#refused(problem);
    } finally {
      setBusy(this.save, false);
    }
  }

  async #refused(problem) {
    if (problem.status === 412) {
      const theirs = await get('/workspace').catch(() => null);
      if (theirs) return this.#offer(theirs);
    }
    const { fields, rest } = fieldErrors(problem, ['name']);
    complain(this.input, problem.errors.length ? [...fields.name ?? [], ...rest] : [explain(problem)]);
    this.input.focus();
  }

  /** Shows the other's name and lets the person choose between the two. */
  #offer(theirs) {
    const mine = this.input.value.trim();
    const writeAgain = () => {
      this.#seen = theirs;
      this.#write(theirs.revision);
    };
    this.conflict.hidden = false;
    fill(this.conflict, icon('alert'),
      h('p', { class: 'grow' }, 'Meanwhile somebody renamed the workspace to “', said(theirs.name), '”. Yours, “',
        said(mine), '”, is not saved.'),
      h('div', { class: 'rowy wrap' },
        button('Take theirs', { kind: 'small', onclick: () => { this.#take(theirs); this.input.focus(); } }),
        button('Write mine again', { kind: 'small', onclick: writeAgain })));
  }

  #take({ name, revision }) {
    this.#seen = { name, revision };
    this.input.value = name;
    this.conflict.hidden = true;
    fill(this.conflict);
    complain(this.input);
  }
}

customElements.define('x-workspace-name', WorkspaceName);
