// One event stream a page: snapshot, then everything after it, across lost connections, once each. No DOM: the browser
// is `world`.

import { advance, formatCursor, judge, parseCursor } from './cursor.js';

const types = [
  'run.changed', 'run.told', 'creature.hit_points', 'creature.resource', 'creature.condition', 'campaign.imported',
  'campaign.removed', 'campaign.time',
  'roll.made', 'roll.withdrawn', 'roll.restored', 'workspace.renamed', 'journal.appended', 'fairness.rotated',
  'fairness.entropy', 'models.changed', 'key.created', 'key.revoked', 'budget.set', 'budget.removed',
];
const retryMillisecondsMin = 1000;
const retryMillisecondsMax = 15_000;

/** How long to wait before attempt `attempt`, from 1: 1, 2, 4, 8, 15, 15, … seconds. */
export function retryDelay(attempt) {
  return Math.min(retryMillisecondsMin * 2 ** Math.min(attempt - 1, 10), retryMillisecondsMax);
}

/**
 * Follows topics from a snapshot on.
 *
 * `snapshot` fetches and shows everything and resolves to its cursor (text); `probe` resolves when the server answers
 * this person. Both reject with a problem; one whose status is 401 ends the feed. `onevent` gets each event once and in
 * order. `onstate` gets `{ name, since, attempt }`: name is loading, live, lost, paused or signed_out, since the last
 * moment that the page was known to be up to date.
 */
export class Feed {
  #options;
  #world;
  #cursor = null;
  #source = null;
  #timer = null;
  #turn = 0;
  #attempt = 0;
  #since = null;
  #state = null;

  constructor({ snapshot, probe, onevent, onstate = () => {} }, world = browser()) {
    this.#options = { snapshot, probe, onevent, onstate };
    this.#world = world;
  }

  get state() { return this.#state; }

  /** The vector cursor after the last event, as text. */
  get cursor() { return this.#cursor && formatCursor(this.#cursor); }

  /** Takes the snapshot, then follows. Also “try now” after a loss and the way back from a pause. */
  async start() {
    const turn = this.#leave();
    if (this.#state !== 'lost') this.#say(this.#cursor ? 'lost' : 'loading');
    try {
      if (this.#cursor) {
        await this.#options.probe();
      } else {
        const cursor = parseCursor(await this.#options.snapshot());
        if (turn !== this.#turn) return;
        this.#cursor = cursor;
      }
      if (turn === this.#turn) this.#connect(turn);
    } catch (problem) {
      if (turn === this.#turn) this.#fail(problem);
    }
  }

  /** Forgets where it was and takes the snapshot again. */
  renew() {
    this.#cursor = null;
    return this.start();
  }

  /** Lets the connection go, as for a page that nobody looks at; `start` goes on after the last event. */
  pause() {
    if (this.#state === 'signed_out') return;
    if (this.#state === 'live') this.#since = this.#world.now();
    this.#leave();
    this.#say('paused');
  }

  #connect(turn) {
    const topics = Object.keys(this.#cursor).sort().join(',');
    const query = new URLSearchParams({ topics, after: formatCursor(this.#cursor) });
    const source = this.#world.open(`/api/v1/events?${query}`);
    this.#source = source;
    const on = (type, act) => source.addEventListener(type, event => { if (turn === this.#turn) act(event); });
    on('open', () => {
      this.#attempt = 0;
      this.#since = null;
      this.#say('live');
    });
    for (const type of types) on(type, message => this.#receive(message));
    on('reset', () => this.renew());
    // Both the server's farewell and a broken connection. The browser's own retry is not used: it does not say why
    // it fails, and gives up for good on a refusal.
    on('bye', () => this.#fail());
    on('error', () => this.#fail());
  }

  #receive(message) {
    const event = JSON.parse(message.data);
    const verdict = judge(this.#cursor, event);
    if (verdict === 'gap') this.renew();
    if (verdict !== 'next') return;
    this.#cursor = advance(this.#cursor, event);
    this.#options.onevent(event);
  }

  #fail(problem) {
    const turn = this.#leave();
    if (problem?.status === 401) return this.#say('signed_out');
    if (this.#state === 'live') this.#since = this.#world.now();
    this.#attempt += 1;
    this.#say('lost');
    this.#timer = this.#world.after(retryDelay(this.#attempt), () => { if (turn === this.#turn) this.start(); });
  }

  /** Ends what is under way; what still arrives from it is recognised by its turn and dropped. */
  #leave() {
    this.#source?.close();
    this.#source = null;
    this.#world.cancel(this.#timer);
    return ++this.#turn;
  }

  #say(name) {
    this.#state = name;
    this.#options.onstate({ name, since: this.#since, attempt: this.#attempt });
  }
}

function browser() {
  return {
    open: address => new EventSource(address),
    after: (milliseconds, act) => setTimeout(act, milliseconds),
    cancel: timer => clearTimeout(timer),
    now: () => new Date(),
  };
}
