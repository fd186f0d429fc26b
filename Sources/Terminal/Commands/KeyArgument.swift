import ArgumentParser
import Operations

/// The `--key` of commands that change something.
enum KeyArgument {
  /// - Throws: `ValidationError` for what is no key.
  static func validate(_ text: String?) throws {
    guard let text, IdempotencyKey(text) == nil else { return }
    throw ValidationError("--key is “\(text.prefix(40))”; a key is 1 to 128 visible ASCII characters without spaces.")
  }

  /// The key that was given, or a fresh one, so that an answer that gets lost can be asked for again.
  static func key(_ text: String?, in session: TerminalSession) throws -> IdempotencyKey {
    let text = text ?? session.surroundings.makeKey()
    guard let key = IdempotencyKey(text) else {
      throw TerminalError.usage("“\(text.prefix(40))” is no idempotency key.")
    }
    return key
  }
}
