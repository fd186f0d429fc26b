import StrictJSON

/// Where a command's results and diagnostics go, and where its input comes from.
package struct Console: Sendable {
  package enum Stream: Sendable, Hashable {
    /// Results.
    case output
    /// Diagnostics and progress.
    case diagnostics
  }

  /// Bytes of standard input that are read; more is refused.
  package static let inputMax = 1 << 20

  /// Bytes of a secret; more is refused.
  static let secretMax = 4_096

  private let write: @Sendable (Stream, [UInt8]) throws -> Void
  private let read: @Sendable (_ limit: Int) throws -> [UInt8]
  private let readSome: @Sendable (_ limit: Int) throws -> [UInt8]
  private let readHidden: (@Sendable (_ limit: Int) throws -> [UInt8])?
  private let terminals: Set<Stream>

  /// - Parameter terminals: which streams end at a person's terminal.
  /// - Parameter write: writes all bytes or throws.
  /// - Parameter read: reads to the end, at most `limit` bytes.
  /// - Parameter readSome: reads what is there, waiting only for the first byte; at most `limit` bytes, none at the end.
  /// - Parameter readHidden: reads a line that is typed without being shown; nil where standard input is no terminal.
  package init(
    terminals: Set<Stream>, write: @escaping @Sendable (Stream, [UInt8]) throws -> Void,
    read: @escaping @Sendable (_ limit: Int) throws -> [UInt8],
    readSome: @escaping @Sendable (_ limit: Int) throws -> [UInt8] = { _ in [] },
    readHidden: (@Sendable (_ limit: Int) throws -> [UInt8])? = nil
  ) {
    self.terminals = terminals
    self.write = write
    self.read = read
    self.readSome = readSome
    self.readHidden = readHidden
  }

  package func isTerminal(_ stream: Stream) -> Bool { terminals.contains(stream) }

  /// Writes text and a line end to standard output. The text is our own, or went through ``PlainText``.
  func say(_ text: String) throws { try write(.output, Array("\(text)\n".utf8)) }

  /// Writes lines with their ends to standard output, at once. They are our own, or went through ``PlainText``.
  func say(lines: [UInt8]) throws { try write(.output, lines) }

  /// Writes a document for programs to standard output, on lines for people.
  func say(_ document: JSON) throws { try say(Self.harmless(document.prettyText())) }

  /// Writes a document for programs to standard output, on one line.
  func say(line document: JSON) throws { try say(Self.harmless(document.compactText())) }

  /// Writes text and a line end to standard error. That nobody reads it is no failure.
  func note(_ text: String) { try? write(.diagnostics, Array("\(text)\n".utf8)) }

  /// Writes to standard error as it is, for what is written over again.
  func noteRaw(_ text: String) { try? write(.diagnostics, Array(text.utf8)) }

  /// Everything on standard input.
  func readAll() throws -> [UInt8] {
    let bytes = try read(Self.inputMax + 1)
    guard bytes.count <= Self.inputMax else {
      throw TerminalError.failed("Standard input is longer than \(Self.inputMax) bytes, which is all that is read.")
    }
    return bytes
  }

  /// What has come on standard input since it was last read: at most `limit` bytes, none at its end.
  func readNext(atMost limit: Int) throws -> [UInt8] { try readSome(limit) }

  /// A secret: typed without being shown where a person sits there, else all of standard input. Blanks around it go.
  ///
  /// - Throws: ``TerminalError``, which quotes nothing of it; `CancellationError` when the person breaks off.
  func readSecret(_ prompt: String) throws -> String {
    var bytes: [UInt8]
    if let readHidden {
      noteRaw(prompt)
      defer { note("") }
      bytes = try readHidden(Self.secretMax)
    } else {
      bytes = try readAll()
    }
    while let last = bytes.last, [0x20, 0x09, 0x0a, 0x0d].contains(last) { bytes.removeLast() }
    guard bytes.count <= Self.secretMax, let text = String(validating: bytes, as: UTF8.self) else {
      throw TerminalError.usage("A secret is a text of up to \(Self.secretMax) bytes.")
    }
    return text
  }

  /// JSON escapes the control characters below space; a terminal also obeys those above.
  private static func harmless(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: { (0x7f...0x9f).contains($0.value) }) else { return json }
    var text = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      guard (0x7f...0x9f).contains(scalar.value) else {
        text.append(scalar)
        continue
      }
      text.append(contentsOf: "\\u00\(String(scalar.value, radix: 16))".unicodeScalars)
    }
    return String(text)
  }
}
