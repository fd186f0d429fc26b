// Calls of models in words. No DOM.

import { money } from './amounts.js';
import { took } from './took.js';

const states = {
  reserved: ['wait', 'Under way', 'live'],
  finished: ['done', 'Done', 'ok'],
  failed: ['fail', 'Failed', 'bad'],
  cut: ['offline', 'Cut off', 'bad'],
  stopped: ['stop', 'Stopped', ''],
  cached: ['done', 'From the cache', ''],
  lost: ['alert', 'Lost', 'bad'],
};

/** What a state of a call means, in a sentence. */
export const meanings = {
  reserved: 'The provider was asked, and its answer has not ended.',
  finished: 'The answer is whole.',
  failed: 'The provider refused, or could not.',
  cut: 'The answer ended without its end.',
  stopped: 'Who had asked did not want it any more.',
  cached: 'The answer was there from an earlier call. Nobody was asked.',
  lost: 'Arbiter ended before the call did. All that was reserved is booked for it.',
};

const errors = {
  refused: ['nobody answered', 'No connection came about, or it was taken away before the first byte. It was asked again.'],
  stalled: ['silence', 'The provider said nothing for longer than it may.'],
  cut: ['cut off', 'The connection broke in the middle of the answer.'],
  bad_key: ['key not accepted', 'The provider does not take the key of the connection. Check it in the settings.'],
  rate_limited: ['too many calls', 'The provider wants to be left alone for a while.'],
  overloaded: ['overloaded', 'The provider has a fault, or too much to do.'],
  bad_request: ['request not taken', 'The provider does not take this request, and would not take it again.'],
  content_filtered: ['filtered', 'The provider does not want to talk about it.'],
  context_length: ['too long', 'The request is longer than the model takes.'],
  unknown_model: ['no such model', 'The provider has no such model, or nothing at this address.'],
  over_budget: ['over budget', 'A budget does not allow the call. Nobody was asked.'],
  nonsense: ['not understood', 'What came is not what the protocol says.'],
  too_large: ['too large', 'More came than is read.'],
};

const surfaces = { tabletop: 'Play', gateway: 'Programs, at /v1', workbench: 'Terminal' };

/** The drawing, the word and the tone of a state. */
export function callState({ state }) {
  return states[state] ?? ['info', state, ''];
}

/** Why a call failed, in a word or two; '' where it did not. */
export function errorWord({ errorKind }) {
  return errorKind ? errors[errorKind]?.[0] ?? errorKind.replaceAll('_', ' ') : '';
}

/** Why a call failed, in a sentence; '' where it did not. */
export function errorSentence({ errorKind }) {
  return errorKind ? errors[errorKind]?.[1] ?? '' : '';
}

export function surfaceWord(surface) {
  return surfaces[surface] ?? surface;
}

/** What a call cost: "$0.0214", "about $0.0214", "unknown", and "up to $0.05" while it is under way. */
export function costWords({ state, costMicros, reservedMicros, isEstimate }) {
  if (state === 'reserved' && reservedMicros) return `up to ${money(reservedMicros)}`;
  const micros = state === 'reserved' ? reservedMicros : costMicros;
  if (micros == null) return 'unknown';
  // What costs nothing costs exactly that.
  return isEstimate && micros > 0 ? `about ${money(micros)}` : money(micros);
}

/** How long a call took, or has taken until `now`. */
export function timeWords({ state, at, durationMicros }, now = new Date()) {
  if (state !== 'reserved') return durationMicros == null ? '—' : took(durationMicros);
  return took(Math.max(0, now - new Date(at)) * 1000).replace(/\.\d s$/, ' s');
}

/** Whose model it is: the connection by its name where that is known, else the provider. */
export function whoseWords({ connection, provider }, { connections = new Map() } = {}) {
  return connections.get(connection) ?? provider;
}

/** Who asked: a key or a person by name where that is known, else Arbiter itself. */
export function whoWords({ gatewayKey, person }, { keys = new Map(), people = new Map() } = {}) {
  if (gatewayKey) return keys.get(gatewayKey) ?? `key …${gatewayKey.slice(-6)}`;
  if (person) return people.get(person) ?? 'somebody';
  return 'Arbiter';
}
