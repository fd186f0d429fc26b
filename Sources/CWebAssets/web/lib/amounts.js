// Amounts and names in words. No DOM.

import { count } from './format.js';

/** 3 → "+3", −1 → "−1": what is added to something else. */
export function signed(number) {
  return number > 0 ? `+${count(number)}` : count(number);
}

/** Millionths of a dollar: 21400 → "$0.0214"; what is not known is "unknown", never zero. */
export function money(micros) {
  if (micros === null || micros === undefined) return 'unknown';
  const size = Math.abs(micros);
  const digits = size < 1 || size >= 1e6 ? 2 : size < 100 ? 6 : 4;
  return `$${(micros / 1_000_000).toFixed(digits)}`;
}

/** The time between two moments: "340 ms", "2.4 s", "1 min 5 s". */
export function elapsed(from, to) {
  const milliseconds = new Date(to) - new Date(from);
  if (Number.isNaN(milliseconds) || milliseconds < 0) return 'unknown';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.floor(milliseconds % 60_000 / 1000)} s`;
}

/** "spell_dc" → "Spell dc". */
export function titled(name) {
  const words = String(name).replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
