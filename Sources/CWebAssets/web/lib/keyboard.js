// The page's commands, and the keyboard they listen to.

import { CommandRegistry } from './keys.js';
import { preference } from './preferences.js';

export const commands = new CommandRegistry();

const fields = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]';

/** Runs commands by their keys. In a modal dialog only the dialog's own keys count. */
export function listen() {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal')) return;
    const press = {
      key: event.key, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey, shift: event.shiftKey,
      time: event.timeStamp,
    };
    const isTyping = event.target.matches?.(fields) ?? false;
    const command = commands.resolve(press, { isTyping, letters: preference('letters') === 'on' });
    if (!command) return;
    event.preventDefault();
    command.run();
  });
}

/** J and K over what `selector` finds: the focus moves, stops at both ends, and scrolls no further than it must. */
export function registerListKeys(selector, noun) {
  const move = by => () => {
    const all = [...document.querySelectorAll(selector)].filter(node => node.checkVisibility());
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, now + by));
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: 'nearest' });
  };
  commands.register(
    { id: 'list.next', title: `Next ${noun}`, keys: 'J', group: 'This page', icon: 'down', run: move(1) },
    { id: 'list.previous', title: `Previous ${noun}`, keys: 'K', group: 'This page', icon: 'up', run: move(-1) });
}
