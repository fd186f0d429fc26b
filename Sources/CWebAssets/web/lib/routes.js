// Routes in words and choices. No DOM.

import { plural } from './plural.js';

export const surfaces = [['tabletop', 'The table'], ['gateway', '“default” at /v1']];
/** The numbers of a route: field, label, what holds when it is left out, least, most. */
export const numbers = [
  ['connectSeconds', 'Seconds to connect', 10, 1, 60],
  ['firstPieceSeconds', 'Seconds to the first words', 120, 1, 3600],
  ['silenceSeconds', 'Seconds of silence in an answer', 30, 1, 600],
  ['wholeSeconds', 'Seconds for all of it', 600, 1, 3600],
  ['retries', 'Times one model is asked again', 3, 0, 3],
  ['outputTokensMax', 'Tokens of an answer at most', 'no bound of its own', 1, 1_000_000],
  ['cacheSeconds', 'Seconds an answer is given again', 'never', 1, 31_536_000],
];
const builtIn = 'built-in';

/** What can stand in a route: `[{ title, options: [[value, text]] }]`, by connection. */
export function entryChoices({ connections = [] } = {}) {
  const groups = connections.map(({ id, name, models, model }) => ({
    title: name, options: (models.length ? models : [model]).map(one => [`${id} ${one}`, one]),
  }));
  return [...groups, { title: 'Without a provider', options: [[builtIn, 'The built-in model']] }];
}

export function entryValue({ connection, model }) {
  return connection ? `${connection} ${model}` : builtIn;
}

export function entryOf(value) {
  const space = value.indexOf(' ');
  return space < 0 ? { model: builtIn } : { connection: value.slice(0, space), model: value.slice(space + 1) };
}

/** "large (Mine), then small (Other), then the built-in model". */
export function orderWords({ entries }, { connections = [] } = {}) {
  const names = new Map(connections.map(({ id, name }) => [id, name]));
  return entries.map(({ connection, model }) => connection ? `${model} (${names.get(connection) ?? 'gone'})` : 'the built-in model')
    .join(', then ');
}

/** What a route says beside its order: "20 s to the first words, given again for 1 h". Empty when it says nothing. */
export function patienceWords(route) {
  const words = [
    route.firstPieceSeconds && `${span(route.firstPieceSeconds)} to the first words`,
    route.wholeSeconds && `${span(route.wholeSeconds)} for all of it`,
    route.retries !== undefined && againWords(route.retries),
    route.outputTokensMax && `at most ${plural(route.outputTokensMax, 'token', 'tokens')}`,
    route.goesOn && 'goes on with what broke off',
    route.cacheSeconds && `answers given again for ${span(route.cacheSeconds)}`,
  ];
  return words.filter(Boolean).join(', ');
}

function againWords(retries) {
  if (retries === 0) return 'never asked again';
  return retries === 1 ? 'asked again once' : `asked again up to ${retries} times`;
}

/** 90 → "90 s", 120 → "2 min", 7200 → "2 h", 172800 → "2 days". */
export function span(seconds) {
  if (seconds % 86_400 === 0) return plural(seconds / 86_400, 'day', 'days');
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** What is in the fields as a route says it, or what is wrong: `{ values }` or `{ faults: [[field, message]] }`. */
export function readNumbers(texts) {
  const values = {};
  const faults = [];
  for (const [field, , , least, most] of numbers) {
    const text = (texts[field] ?? '').trim();
    if (!text) continue;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) values[field] = value;
    else faults.push([field, `This is a whole number from ${least} to ${most}.`]);
  }
  return faults.length ? { faults } : { values };
}
