// The character sheet: beside the story where there is room, in the inspector where not. Fetched when it is first seen.

import '../components/x-inspector.js';
import '../components/x-sheet.js';
import { h } from './h.js';

/** Shows the sheet in the inspector, as the campaign stands and goes on: `campaign()` gives it as it is now. */
export function showSheet(shell, campaign) {
  const sheet = h('x-sheet');
  sheet.campaign = campaign();
  const follow = () => {
    if (sheet.isConnected) sheet.campaign = campaign();
    else document.removeEventListener('run', follow);
  };
  shell.querySelector('x-inspector').show({ title: 'Character', nodes: sheet });
  document.addEventListener('run', follow);
}
