// Which model answers, said at the composer.

import { get } from './api.js';
import { h } from './h.js';

/** Says the chosen model with its badge, or that none was chosen. Where the server does not answer, nothing is said. */
export async function showSpeaker(composer) {
  const models = await get('/models').catch(() => null);
  if (!models) return;
  const { chosen } = models;
  composer.speaker = chosen
    ? [!chosen.badge && h('span', { class: 'model-name' }, chosen.model),
      chosen.badge && h('span', { class: 'tag badge' }, chosen.badge)]
    : h('a', { href: '/start' }, 'No model chosen');
}
