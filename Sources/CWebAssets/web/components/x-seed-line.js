// <x-seed-line>: the promise that stands behind the next roll. Its words are in the page.

import { h, fill } from '../lib/h.js';
import { timeStamp } from '../lib/ui.js';
import { fullTime, hash, when } from '../lib/format.js';

export class SeedLine extends HTMLElement {
  set seed({ number, commitment, createdAt }) {
    fill(this.querySelector('.seed'), `Seed ${number}, fixed `,
      timeStamp(createdAt, when(createdAt), fullTime(createdAt)), ': ',
      h('code', { title: commitment }, hash(commitment, 4)));
  }
}

customElements.define('x-seed-line', SeedLine);
