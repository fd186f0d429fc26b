// The keys of the play page. Fetched once the page stands.

import { commands, registerListKeys } from './keyboard.js';

/** `page` is what the keys do: `{ choose, write, newest, undoable, act, showSheet, stop }`. */
export function registerPlayKeys(shell, page) {
  registerListKeys('.card-head, .choice', 'card or choice');
  const here = (id, title, keys, icon, run) => ({ id, title, keys, group: 'This page', icon, run });
  const withRun = (run, name, none) => run ? page.act(name, run) : shell.toast(none);
  commands.register(
    ...[1, 2, 3].map(number => here(`choice.${number}`, `Choice ${number}`, String(number), 'right',
      () => page.choose(number - 1))),
    here('words', 'Write what you do', '/', 'pencil', page.write),
    here('inspect', 'Inspect the newest turn', 'I', 'panel',
      () => withRun(page.newest(), 'inspect', 'There is no turn yet.')),
    here('sheet', 'Show the character', 'C', 'person', page.showSheet),
    here('undo', 'Undo the newest turn', 'U', 'undo', () => withRun(page.undoable(), 'undo', 'No turn to undo.')),
    here('close', 'Close the inspector, or stop the turn', 'Escape', 'x', () => {
      const inspector = shell.querySelector('x-inspector');
      if (inspector.isOpen) inspector.dismiss();
      else page.stop();
    }));
}
