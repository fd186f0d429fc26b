// Sending a change so that it happens once, however often it has to be sent. No DOM.

/** A UUID, version 4. `crypto.randomUUID` is missing where the page was not loaded over https or loopback. */
export function makeKey(source = globalThis.crypto) {
  if (source.randomUUID) return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const text = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The submissions of one form.
 *
 * Each gets a key of its own, except that the same input sent again after an outcome that is not known carries the key
 * of before: the server then answers with what was done instead of doing it again.
 */
export class Submission {
  #post;
  #key;
  #open = null;
  #isBusy = false;

  /** `post(input, key)` sends; `key()` makes a new key. */
  constructor(post, key = makeKey) {
    this.#post = post;
    this.#key = key;
  }

  get isBusy() { return this.#isBusy; }

  /** Sends, or returns null while another submission is under way. Rejects with the problem of `post`. */
  async send(input) {
    if (this.#isBusy) return null;
    const text = JSON.stringify(input);
    if (this.#open?.text !== text) this.#open = { text, key: this.#key() };
    this.#isBusy = true;
    try {
      const answer = await this.#post(input, this.#open.key);
      this.#open = null;
      return answer;
    } catch (problem) {
      if (!problem.isOutcomeUnknown) this.#open = null;
      throw problem;
    } finally {
      this.#isBusy = false;
    }
  }
}
