import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Feed, retryDelay } from '../../Sources/CWebAssets/web/lib/events.js';

/** A browser by hand: sources that are told what to say, and a clock that is told to go on. */
function makeWorld() {
  const world = {
    sources: [],
    timers: [],
    clock: 0,
    open(address) {
      const source = new EventTarget();
      Object.assign(source, { address, isClosed: false, close() { source.isClosed = true; } });
      source.say = (type, data) => source.dispatchEvent(Object.assign(new Event(type), data && { data: JSON.stringify(data) }));
      world.sources.push(source);
      return source;
    },
    after(milliseconds, act) {
      const timer = { milliseconds, act, isCancelled: false };
      world.timers.push(timer);
      return timer;
    },
    cancel(timer) { if (timer) timer.isCancelled = true; },
    now: () => new Date(world.clock),
    get source() { return world.sources.at(-1); },
    get timer() { return world.timers.filter(timer => !timer.isCancelled).at(-1); },
  };
  return world;
}

function makeFeed({ cursors = ['rolls:5'], probe = async () => {} } = {}) {
  const world = makeWorld();
  const seen = [];
  const states = [];
  let snapshots = 0;
  const feed = new Feed({
    snapshot: async () => {
      const cursor = cursors[Math.min(snapshots++, cursors.length - 1)];
      if (cursor instanceof Error) throw cursor;
      return cursor;
    },
    probe, onevent: event => seen.push(event.number), onstate: state => states.push(state),
  }, world);
  return { feed, world, seen, states, get snapshots() { return snapshots; } };
}

const roll = number => ({ topic: 'rolls', number, type: 'roll.made' });
const settle = () => new Promise(resolve => setImmediate(resolve));
const failure = status => Object.assign(new Error('no'), { status });

test('the stream begins where the snapshot ends', async () => {
  const { feed, world } = makeFeed({ cursors: ['rolls:5,workspace:2'] });
  await feed.start();
  const query = new URL(world.source.address, 'http://x').searchParams;
  assert.equal(query.get('topics'), 'rolls,workspace');
  assert.equal(query.get('after'), 'rolls:5,workspace:2');
});

test('each event is applied once and in order', async () => {
  const { feed, world, seen } = makeFeed();
  await feed.start();
  for (const number of [5, 6, 6, 4, 7, 7]) world.source.say('roll.made', roll(number));
  assert.deepEqual(seen, [6, 7]);
  assert.equal(feed.cursor, 'rolls:7');
});

test('a missing number takes the snapshot again instead of applying what came after it', async () => {
  const made = makeFeed({ cursors: ['rolls:5', 'rolls:9'] });
  await made.feed.start();
  const first = made.world.source;
  first.say('roll.made', roll(8));
  await settle();
  assert.deepEqual(made.seen, []);
  assert.equal(made.snapshots, 2);
  assert.ok(first.isClosed);
  assert.match(made.world.source.address, /rolls%3A9/);
});

test('a reset takes the snapshot again', async () => {
  const made = makeFeed({ cursors: ['rolls:5', 'rolls:2'] });
  await made.feed.start();
  made.world.source.say('reset', { topics: ['rolls'], reason: 'cursor_ahead' });
  await settle();
  assert.equal(made.snapshots, 2);
  made.world.source.say('roll.made', roll(3));
  assert.deepEqual(made.seen, [3]);
});

test('after a loss the stream goes on after the last event, without a snapshot', async () => {
  const made = makeFeed();
  await made.feed.start();
  made.world.source.say('open');
  made.world.source.say('roll.made', roll(6));
  made.world.source.say('error');
  assert.equal(made.feed.state, 'lost');
  made.world.timer.act();
  await settle();
  assert.equal(made.snapshots, 1);
  assert.match(made.world.source.address, /after=rolls%3A6/);
  made.world.source.say('open');
  assert.equal(made.feed.state, 'live');
});

test('what a closed connection still says is not heard', async () => {
  const made = makeFeed();
  await made.feed.start();
  const old = made.world.source;
  old.say('error');
  old.say('roll.made', roll(6));
  assert.deepEqual(made.seen, []);
});

test('a loss says since when, and keeps saying so while attempts fail', async () => {
  const made = makeFeed({ probe: async () => { throw failure(0); } });
  await made.feed.start();
  made.world.source.say('open');
  made.world.clock = 60_000;
  made.world.source.say('error');
  for (const expected of [1000, 2000, 4000]) {
    assert.equal(made.world.timer.milliseconds, expected);
    made.world.clock += 10_000;
    made.world.timer.act();
    await settle();
  }
  const last = made.states.at(-1);
  assert.deepEqual([last.name, last.since.getTime(), last.attempt], ['lost', 60_000, 4]);
});

test('the server’s farewell is a loss like any other', async () => {
  const made = makeFeed();
  await made.feed.start();
  made.world.source.say('open');
  made.world.source.say('bye', { reason: 'shutdown' });
  assert.equal(made.feed.state, 'lost');
  assert.ok(made.world.source.isClosed);
});

test('an ended session ends the feed', async () => {
  const made = makeFeed({ probe: async () => { throw failure(401); } });
  await made.feed.start();
  made.world.source.say('error');
  made.world.timer.act();
  await settle();
  assert.equal(made.feed.state, 'signed_out');
  assert.equal(made.world.sources.length, 1);
  made.feed.pause();
  assert.equal(made.feed.state, 'signed_out');
});

test('a snapshot that fails is tried again', async () => {
  const made = makeFeed({ cursors: [failure(0), 'rolls:5'] });
  await made.feed.start();
  assert.deepEqual([made.feed.state, made.world.sources.length], ['lost', 0]);
  made.world.timer.act();
  await settle();
  assert.equal(made.world.sources.length, 1);
});

test('a pause lets the connection go, and the way back misses nothing', async () => {
  const made = makeFeed();
  await made.feed.start();
  made.world.source.say('open');
  made.world.source.say('roll.made', roll(6));
  made.feed.pause();
  assert.ok(made.world.source.isClosed);
  assert.equal(made.feed.state, 'paused');
  await made.feed.start();
  assert.match(made.world.source.address, /after=rolls%3A6/);
});

test('waits grow and are bounded', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 1000].map(retryDelay), [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});
