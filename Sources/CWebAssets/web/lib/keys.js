// One registry of commands: the palette, the help and the keys read the same list. No DOM.

const sequenceMilliseconds = 1500;

/**
 * Commands and the keys that run them.
 *
 * A command is `{ id, title, group, icon, keys, run }`; `keys` is "Ctrl K", "?", "G D" or missing; a command without
 * `run` is only shown in the help.
 */
export class CommandRegistry {
  #commands = [];
  #first = null;
  #firstAt = 0;

  /** All commands in the order they were registered. */
  get all() { return this.#commands; }

  /** Adds commands; one with a known id takes its place. Throws when two would have the same keys. */
  register(...commands) {
    for (const command of commands) {
      const isClash = known => command.keys && known.keys === command.keys && known.id !== command.id;
      const clash = this.#commands.find(isClash);
      if (clash) throw new Error(`“${command.keys}” runs “${clash.title}” already`);
      const at = this.#commands.findIndex(known => known.id === command.id);
      if (at < 0) this.#commands.push(command);
      else this.#commands[at] = command;
    }
  }

  /**
   * The command a key press asks for, or null.
   *
   * `press` is `{ key, ctrl, alt, shift, time }`; `isTyping` says that a field has the focus: single letters are its
   * own then. `letters` switches them off altogether (WCAG 2.1.4). Escape and Ctrl work always.
   */
  resolve(press, { isTyping = false, letters = true } = {}) {
    const first = this.#first && press.time - this.#firstAt <= sequenceMilliseconds ? this.#first : null;
    this.#first = null;
    if (press.alt) return null;
    const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
    if (press.ctrl) return this.#find(`Ctrl ${key}`);
    if (key === 'Escape') return this.#find(key);
    if (isTyping || !letters) return null;
    const sequence = first && this.#find(`${first} ${key}`);
    if (sequence) return sequence;
    if (this.#commands.some(command => command.keys?.startsWith(`${key} `))) {
      this.#first = key;
      this.#firstAt = press.time;
      return null;
    }
    return this.#find(press.shift && /^[A-Z]$/.test(key) ? `Shift ${key}` : key);
  }

  #find(keys) {
    return this.#commands.find(command => command.keys === keys && command.run) ?? null;
  }
}
