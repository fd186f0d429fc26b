// A question before something that cannot be taken back.

import { h } from './h.js';
import { button, uid } from './ui.js';

/** Asks with a title, what will happen (nodes or text), and the verb on the button. Resolves to whether to go on. */
export function confirm({ title, text, verb }) {
  return new Promise(resolve => {
    const id = uid('confirm');
    const dialog = h('dialog', { class: 'confirm', 'aria-labelledby': id },
      h('form', { method: 'dialog' },
        h('h2', { id }, title), h('div', { class: 'stack' }, text),
        h('div', { class: 'rowy end' },
          button('Cancel', { type: 'submit', value: 'cancel', autofocus: true }),
          button(verb, { type: 'submit', value: 'go', kind: 'primary' }))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'go');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
