// Vector cursors: the last number seen of each topic, "rolls:18,workspace:3". No DOM.

/** `{ rolls: 18, workspace: 3 }`. Throws a TypeError that quotes what is no cursor. */
export function parseCursor(text) {
  const cursor = Object.create(null);
  for (const part of String(text ?? '').split(',').filter(Boolean)) {
    const match = /^([a-z0-9._/-]{1,100}):(\d{1,15})$/.exec(part.trim());
    if (!match) throw new TypeError(`“${part}” is no part of a cursor; “topic:number” is`);
    cursor[match[1]] = Number(match[2]);
  }
  return cursor;
}

/** The text of a cursor, topics in alphabetical order. */
export function formatCursor(cursor) {
  return Object.keys(cursor).sort().map(topic => `${topic}:${cursor[topic]}`).join(',');
}

/** One cursor out of those that several snapshots came with. Where two know a topic, the earlier number is safe. */
export function mergeCursors(...texts) {
  const merged = Object.create(null);
  for (const [topic, number] of texts.flatMap(text => Object.entries(parseCursor(text)))) {
    merged[topic] = topic in merged ? Math.min(merged[topic], number) : number;
  }
  return merged;
}

/**
 * What to do with an event: `next` (apply it, then `advance`), `repeat` (seen already), `gap` (something between was
 * missed: take the snapshot again), `stranger` (a topic nobody here follows).
 */
export function judge(cursor, { topic, number }) {
  if (!(topic in cursor)) return 'stranger';
  if (number <= cursor[topic]) return 'repeat';
  return number === cursor[topic] + 1 ? 'next' : 'gap';
}

/** The cursor after an event. */
export function advance(cursor, { topic, number }) {
  return Object.assign(Object.create(null), cursor, { [topic]: number });
}
