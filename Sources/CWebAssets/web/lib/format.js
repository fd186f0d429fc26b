// Numbers, times and hashes in words. No DOM.

const grouped = new Intl.NumberFormat('en');
const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockSecondsFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayYearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** 1234 → "1,234"; what is missing is "unknown", never zero. */
export function count(number) {
  return number === null || number === undefined ? 'unknown' : grouped.format(number).replace('-', '−');
}

/**
 * The total of a roll. Beyond 2^53 a JavaScript number is not exact, so the digits are taken from the roll's text,
 * which ends with them.
 */
export function total(result) {
  if (Number.isSafeInteger(result.total)) return count(result.total);
  const digits = /= (-?\d+)$/.exec(result.text ?? '')?.[1];
  return digits ? grouped.format(BigInt(digits)).replace('-', '−') : count(result.total);
}

/** The time of day, and the day where it is not `now`'s: "21:06", "3 Oct 21:06", "3 Oct 2025 21:06". */
export function when(time, now = new Date()) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return 'unknown';
  const clock = clockFormat.format(date);
  if (date.toDateString() === now.toDateString()) return clock;
  const day = date.getFullYear() === now.getFullYear() ? dayFormat : dayYearFormat;
  return `${day.format(date)} ${clock}`;
}

/** Day and time to the second, for titles and facts. */
export function fullTime(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return 'unknown';
  return `${dayYearFormat.format(date)} ${clockSecondsFormat.format(date)}`;
}

/** "21:06:14". */
export function clockTime(date) {
  return clockSecondsFormat.format(date);
}

/** A hash in groups of four, whole or its first groups: "b6f1 73c0 9a5e 1d42 …". */
export function hash(hexadecimal, groups = Infinity) {
  if (!hexadecimal) return 'unknown';
  const all = hexadecimal.match(/.{1,4}/g);
  return all.length > groups ? `${all.slice(0, groups).join(' ')} …` : all.join(' ');
}

/** "Ines Roth" → "IR". */
export function initials(name) {
  const words = String(name ?? '').trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map(word => [...word][0].toUpperCase()).join('') || '?';
}
