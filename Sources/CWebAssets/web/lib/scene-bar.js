// The bar over the story: which campaign, how much of each card, the way to a proposal by hand.

import { h, fill } from './h.js';
import { said, segmented } from './ui.js';
import { preference, setPreference } from './preferences.js';

const formats = [['minimal', 'Minimal'], ['compact', 'Compact'], ['detailed', 'Detailed']];

/** Shows the campaign that is played among all there are; `redraw` is called when cards are to be drawn otherwise. */
export function showSceneBar(shell, all, campaign, redraw) {
  const bar = shell.querySelector('.scene');
  fill(shell.querySelector('h1'), said(campaign.name));
  document.title = `${campaign.name} · Arbiter`;
  bar.querySelector('.by-hand').href = `/propose?campaign=${campaign.id}`;
  const go = event => location.assign(`/play?campaign=${event.target.value}`);
  fill(bar.querySelector('.scene-campaigns'), all.length > 1
    && h('select', { class: 'input', 'aria-label': 'Campaign', onchange: go },
      all.map(one => h('option', { value: one.id, selected: one.id === campaign.id }, one.name))));
  fill(bar.querySelector('.scene-format'), segmented('How much to show of each step', formats, preference('cards'),
    value => {
    setPreference('cards', value);
    redraw();
  }));
}
