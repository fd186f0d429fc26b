// Budgets in words and numbers. No DOM.

import { money } from './amounts.js';
import { when } from './format.js';

export const periods = [['day', 'A day'], ['month', 'A month'], ['total', 'In all']];
const microsMax = 1_000_000_000_000_000;
const nearly = 0.9;

/** Dollars as people write them, in millionths: "12.50" → 12500000; null for what is no amount that a budget can have. */
export function microsOf(text) {
  const match = /^\$?\s*(\d{1,10})(?:\.(\d{0,6}))?$/.exec(text.trim());
  if (!match) return null;
  const micros = Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'));
  return micros <= microsMax ? micros : null;
}

/** Millionths as `microsOf` reads them: 12500000 → "12.50". */
export function dollarsOf(micros) {
  const [whole, rest] = [Math.floor(micros / 1_000_000), micros % 1_000_000];
  const decimals = String(rest).padStart(6, '0').replace(/0{1,4}$/, '');
  return `${whole}.${decimals}`;
}

/** "Everybody, a month". */
export function budgetName({ person, key, period }, { keys = new Map(), people = new Map() } = {}) {
  const whose = key ? keys.get(key) ?? `Key …${key.slice(-6)}` : person ? people.get(person) ?? 'Somebody' : 'Everybody';
  const word = periods.find(([value]) => value === period)?.[1] ?? period;
  return `${whose}, ${word.toLowerCase()}`;
}

/** "$0.12 of $50.00 spent, $0.02 held for calls under way". */
export function budgetWords({ spentMicros, reservedMicros, limitMicros }) {
  const held = reservedMicros > 0 ? `, ${money(reservedMicros)} held for calls under way` : '';
  return `${money(spentMicros)} of ${money(limitMicros)} spent${held}`;
}

/** When it begins anew, or that it does not. */
export function budgetEnd({ periodEnd }, now = new Date()) {
  return periodEnd ? `begins anew ${when(periodEnd, now)}` : 'does not begin anew';
}

/** The drawing, the word and the tone of what is left; null while there is enough. */
export function budgetState({ spentMicros, reservedMicros, limitMicros }) {
  const gone = spentMicros + reservedMicros;
  if (gone >= limitMicros) return ['fail', limitMicros === 0 ? 'Free calls only' : 'Used up', 'bad'];
  return gone >= limitMicros * nearly ? ['alert', 'Nearly spent', 'warn'] : null;
}

/** The parts of a meter, from 0 to 1: spent, and held beside it. */
export function budgetParts({ spentMicros, reservedMicros, limitMicros }) {
  if (limitMicros === 0) return { spent: spentMicros > 0 ? 1 : 0, held: 0 };
  const spent = Math.min(1, spentMicros / limitMicros);
  return { spent, held: Math.min(1 - spent, reservedMicros / limitMicros) };
}
