// Names with their values.

import { h } from './h.js';

/** A list of names and values; rows that are null are left out. */
export function facts(rows) {
  return h('dl', { class: 'facts' },
    rows.filter(Boolean).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}
