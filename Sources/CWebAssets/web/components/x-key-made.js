// A key that was just made, with its secret: shown this once, with programs that use it.

import { h, fill } from '../lib/h.js';
import { button, icon, said, segmented, uid } from '../lib/ui.js';
import { copyFrom } from '../lib/copy.js';
import { examples } from '../lib/gateway-keys.js';

/** Shows what `POST /gateway-keys` answered. Resolves when the person is done with it. */
export function showSecret({ key, secret }) {
  return new Promise(resolve => {
    const id = uid('made');
    const copied = h('p', { class: 'hint', role: 'status' }, 'It is kept nowhere. Whoever has it asks models at your cost.');
    const field = h('input', { class: 'input mono', readonly: true, value: secret, 'aria-labelledby': `${id}-label`, autofocus: true });
    const copy = button('Copy', { icon: 'copy', onclick: async () => {
      const isDone = await copyFrom(field);
      fill(copied, icon(isDone ? 'done' : 'info'), isDone ? ' Copied.' : ' It is marked: copy it with Ctrl C.');
    } });
    const all = examples(location.origin, secret, key.models[0] ?? 'default');
    const text = h('pre', { class: 'json', tabindex: 0, role: 'group', 'aria-label': 'Example' }, all[0][1]);
    const dialog = h('dialog', { class: 'confirm key-made', 'aria-labelledby': id },
      h('form', { method: 'dialog' },
        h('h2', { id }, 'The key of ', said(key.name)),
        h('div', { class: 'field' }, h('span', { class: 'field-name', id: `${id}-label` }, 'The secret, shown this once'),
          h('div', { class: 'key-row' }, field, copy), copied),
        h('div', { class: 'stack' },
          segmented('Example', all.map(([name]) => [name, name]), all[0][0],
            name => fill(text, all.find(([one]) => one === name)[1])), text),
        h('div', { class: 'rowy end' }, button('Done', { type: 'submit', kind: 'primary' }))));
    dialog.addEventListener('close', () => {
      // The page keeps nothing of it.
      field.value = '';
      dialog.remove();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
    field.select();
    field.scrollLeft = 0;
  });
}
