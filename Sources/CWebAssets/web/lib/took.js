// How long something took, in words. No DOM.

import { elapsed } from './amounts.js';

/** Microseconds: "340 ms", "2.4 s", "1 min 5 s"; what is not known is "unknown". */
export function took(micros) {
  return micros === null || micros === undefined ? 'unknown' : elapsed(0, micros / 1000);
}
