// The details of a roll. What draws them is fetched when the first roll is opened.

import { h, fill } from './h.js';

/** Shows `{ roll, isSample }` in `place`. */
export async function showDetails(place, data) {
  try {
    await import('../components/x-roll-body.js');
    const body = h('x-roll-body');
    body.data = data;
    fill(place, body);
  } catch {
    fill(place, h('p', { class: 'quiet' }, data.roll.result.text),
      h('p', { class: 'small faint' },
        'The dice cannot be drawn while the server is away; reload the page when it is back.'));
  }
}
