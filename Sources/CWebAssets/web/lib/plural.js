// Numbers with their nouns. No DOM.

import { count } from './format.js';

/** "1 die", "8 dice". */
export function plural(number, one, many) {
  return `${count(number)} ${number === 1 ? one : many}`;
}
