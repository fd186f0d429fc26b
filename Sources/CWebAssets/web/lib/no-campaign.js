// What the play page shows while there is no campaign. Fetched only then.

import { h, fill } from './h.js';
import { button, setBusy } from './ui.js';
import { explain } from './problem.js';
import { importSample } from './sample-campaign.js';

export function showNoCampaign(shell, place) {
  const begin = button('Play the sample campaign', { icon: 'play', kind: 'primary tall', onclick: async () => {
    setBusy(begin, true);
    try {
      const id = await importSample();
      location.assign(`/play?campaign=${id}`);
    } catch (problem) {
      setBusy(begin, false);
      shell.toast(explain(problem), { tone: 'bad' });
    }
  } });
  fill(place, h('div', { class: 'empty-in' },
    h('h2', {}, 'No campaign yet'),
    h('p', { class: 'quiet' },
      'The sample brings a wizard of the fifth level, a healer, and the goblins who have taken a mill.'),
    begin,
    h('p', { class: 'small faint' }, 'One of your own: ', h('code', {}, 'arbiter campaign import FILE'))));
}
