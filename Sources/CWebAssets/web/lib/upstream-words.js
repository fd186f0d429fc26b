// How a connection fares, in words. No DOM.

import { when } from './format.js';
import { plural } from './plural.js';
import { took } from './took.js';

/** "3 under way, 2 waiting"; '' while there is nothing to say. */
export function loadWords({ underWay, waiting }) {
  return [underWay > 0 && `${underWay} under way`, waiting > 0 && `${waiting} waiting`].filter(Boolean).join(', ');
}

/** "rests for 12 s after 5 failures"; a rest is told in whole seconds. */
export function troubleWords({ failures, restsMicros }) {
  const after = failures ? `after ${plural(failures, 'failure', 'failures')}` : 'as the provider asked';
  if (restsMicros == null) return `watched ${after}`;
  return `rests for ${took(Math.ceil(restsMicros / 1_000_000) * 1_000_000).replace('.0 s', ' s')} ${after}`;
}

/** When a connection was made, used and checked. */
export function timesWords({ createdAt }, standing, now = new Date()) {
  const used = standing?.lastUsedAt ? `used ${when(standing.lastUsedAt, now)}` : 'not used lately';
  const checked = standing?.check ? `checked ${when(standing.check.at, now)}` : 'not checked since';
  return [`connected ${when(createdAt, now)}`, used, checked].join(' · ');
}
