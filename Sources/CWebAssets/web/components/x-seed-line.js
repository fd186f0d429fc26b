// <x-seed-line>: the promise that stands behind the next roll.

import { h, fill } from '../lib/h.js';
import { icon, timeStamp } from '../lib/ui.js';
import { fullTime, hash, when } from '../lib/format.js';

export class SeedLine extends HTMLElement {
  set seed({ number, commitment, createdAt }) {
    fill(this, icon('lock'),
      h('p', {}, `Seed ${number}, commitment `, h('code', { title: commitment }, hash(commitment, 4)), ', was fixed ',
        timeStamp(createdAt, when(createdAt), fullTime(createdAt)), '. This proves the seed was fixed, not that nobody looked. ',
        h('a', { href: '/settings#fairness' }, 'Check it in Settings')));
  }
}

customElements.define('x-seed-line', SeedLine);
