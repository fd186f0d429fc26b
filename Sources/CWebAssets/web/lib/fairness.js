// Seeds: what changes them, and the check that anybody can make. No DOM.

/** The state `{ current, past }` after an event; null when it has to be fetched, for a rotation tells no secret. */
export function reduce(state, { type, payload }) {
  if (type === 'fairness.entropy') return withSeed(state, payload.seed);
  return type === 'fairness.rotated' ? null : state;
}

/** The state with a newer view of the current seed. */
export function withSeed(state, seed) {
  const isNewer = seed.number === state.current.number && seed.entropy.length >= state.current.entropy.length;
  return isNewer ? { ...state, current: seed } : state;
}

/**
 * Whether a revealed secret is the one that was promised: its commitment, computed again.
 *
 * SHA-256 over a label, a zero byte, the 32 bytes of the secret, the 16 of the workspace's id and the seed's number as
 * 8 bytes, big-endian. `subtle` is `crypto.subtle`, which browsers have on https and loopback only.
 */
export async function keepsPromise(seed, workspace, subtle) {
  const label = new TextEncoder().encode('arbiter dice commitment v1');
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(seed.number));
  const parts = [label, new Uint8Array(1), bytes(seed.secret), bytes(workspace.replaceAll('-', '')), number];
  const digest = await subtle.digest('SHA-256', new Uint8Array(parts.flatMap(part => [...part])));
  return hexadecimal(new Uint8Array(digest)) === seed.commitment;
}

function bytes(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new TypeError('not hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16));
}

function hexadecimal(all) {
  return Array.from(all, byte => byte.toString(16).padStart(2, '0')).join('');
}
