// What was spent, added up and in words. No DOM.

import { money } from './amounts.js';
import { count } from './format.js';
import { plural } from './plural.js';

const dayMilliseconds = 86_400_000;

/** Where a span begins, as an instant: the month's first day, or so many days ago; days are those of UTC. */
export function beginning(span, now = new Date()) {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const start = span === 'month' ? Date.UTC(year, month, 1) : Date.UTC(year, month, day - Number(span) + 1);
  return new Date(start).toISOString();
}

/** One line for each day from `from` to `to`, oldest first; a day without calls has none. */
export function everyDay(items, from, to) {
  const known = new Map(items.map(line => [line.name, line]));
  const days = [];
  const last = new Date(to).getTime();
  for (let time = Date.parse(`${from.slice(0, 10)}T00:00:00Z`); time < last && days.length < 367; time += dayMilliseconds) {
    const name = new Date(time).toISOString().slice(0, 10);
    days.push(known.get(name) ?? { name, calls: 0, costMicros: 0, estimatedMicros: 0, unknownCalls: 0 });
  }
  return days;
}

/** All lines together. */
export function total(items) {
  const sum = name => items.reduce((all, line) => all + (line[name] ?? 0), 0);
  return Object.fromEntries(['calls', 'costMicros', 'estimatedMicros', 'unknownCalls', 'inputTokens', 'outputTokens']
    .map(name => [name, sum(name)]));
}

/** What a line cost: a sum, "unknown", or both. A sum that leaves something out says so. */
export function spentWords({ calls, costMicros, unknownCalls }) {
  if (unknownCalls === 0) return calls === 0 ? '—' : money(costMicros);
  if (unknownCalls === calls) return 'unknown';
  return `${money(costMicros)} + unknown`;
}

/** The whole of a span in a sentence. */
export function totalSentence({ calls, costMicros, estimatedMicros, unknownCalls }) {
  if (calls === 0) return 'No call has ended in this time.';
  const known = unknownCalls === calls ? 'At a cost that is not known' : money(costMicros);
  const parts = [`${known} in ${plural(calls, 'attempt', 'attempts')}.`];
  if (unknownCalls > 0 && unknownCalls < calls) {
    parts.push(`${count(unknownCalls)} of them at a cost that is not known, and in no sum.`);
  }
  if (estimatedMicros > 0) parts.push(`${money(estimatedMicros)} of it is estimated.`);
  return parts.join(' ');
}

/** "21 Nov" of "2026-11-21". */
export function dayWords(name) {
  const date = new Date(`${name}T12:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(date);
}

/** What the cache holds: "The cache holds 3 answers, 0.1 of 256 MB; they were given again 7 times." */
export function cacheSentence({ answers, bytes, bytesMax, hits }) {
  if (!answers) return 'The cache holds no answer. A route says how long its answers are given again.';
  const megabytes = number => (number / 1_048_576).toFixed(number < 104_857_600 ? 1 : 0);
  return `The cache holds ${plural(answers, 'answer', 'answers')}, ${megabytes(bytes)} of ${megabytes(bytesMax)} MB; `
    + `${answers === 1 ? 'it was' : 'they were'} given again ${plural(hits, 'time', 'times')}.`;
}

/** How looks into the cache went since the server began: "Since the server began: 7 found, 3 not." */
export function lookSentence({ hits, misses, damaged, failures }) {
  if (hits + misses + failures === 0) return 'Nothing was looked for since the server began.';
  const faults = damaged ? `, ${count(damaged)} of which ${damaged === 1 ? 'was' : 'were'} damaged` : '';
  const failed = failures ? ` ${plural(failures, 'time', 'times')} the database refused.` : '';
  return `Since the server began: ${count(hits)} found, ${count(misses)} not${faults}.${failed}`;
}
