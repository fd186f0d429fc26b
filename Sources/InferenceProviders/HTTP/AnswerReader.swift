import Inference
import StrictJSON

/// Makes the events of an answer out of what one protocol sends: lenient in what servers leave out or put elsewhere, strict
/// about the end.
protocol AnswerReader: Sendable {
  /// How the answer comes when it comes in pieces.
  static var framing: AnswerFraming { get }

  /// The events of one piece.
  ///
  /// - Throws: `nonsense` for what is no piece, `contentFiltered`, and what an error inside the stream means.
  mutating func read(_ data: String) throws(InferenceError) -> [ModelEvent]

  /// The last events, when the body has ended or need not be waited for.
  ///
  /// - Throws: `cut` unless the answer is whole.
  mutating func end() throws(InferenceError) -> [ModelEvent]

  /// Whether the reason of the end has come.
  var hasReason: Bool { get }
  /// Whether the mark of the end has come, after which nothing is read.
  var isDone: Bool { get }
}

/// How the pieces of an answer are told apart.
enum AnswerFraming: Sendable {
  /// Server-sent events.
  case events
  /// A JSON document a line.
  case lines

  var contentTypes: [String] {
    switch self {
    case .events: ["text/event-stream"]
    case .lines: ["application/x-ndjson", "application/jsonl"]
    }
  }
}

extension JSON {
  /// A piece of an answer, which is an object. Raw control characters inside strings are taken as they are, but U+0000, which
  /// no text here has: it is read as U+FFFD.
  init(piece data: String, bytesMax: Int, from provider: String) throws(InferenceError) {
    let limits = JSONLimits(bytes: bytesMax, stringBytes: bytesMax)
    let text = data.escapingControls()
    do throws(JSONFault) {
      self = try JSON(parsing: text, limits: limits)
      guard members != nil else { throw JSONFault(.noObject) }
    } catch {
      // What most pieces have not is looked for only when one cannot be read.
      guard let readable = text.replacingNull(), let document = try? JSON(parsing: readable, limits: limits),
        document.members != nil
      else { throw .nonsense(provider, "a piece of its answer is no JSON object (\(error)).") }
      self = document
    }
  }

  /// A number of tokens; nil when it is absent or can be none.
  func count(_ name: String) -> Int64? { self[name]?.int64.flatMap { $0 >= 0 ? $0 : nil } }
}

extension FieldError {
  fileprivate static let noObject = FieldError(pointer: "", code: "wrong_type", message: "An object is wanted.")
}

extension String {
  /// With U+FFFD for each escaped U+0000; nil where there is none.
  fileprivate func replacingNull() -> String? {
    let null = "\\u0000".utf8
    var rest = utf8[...]
    var replaced: [UInt8] = []
    var hasNull = false
    while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
      replaced += rest[..<escape]
      rest = rest[escape...]
      let isNull = rest.starts(with: null)
      hasNull = hasNull || isNull
      // Another escape is passed over with the byte behind it, which may be a backslash.
      replaced += isNull ? Array("\u{FFFD}".utf8) : Array(rest.prefix(2))
      rest = rest.dropFirst(isNull ? null.count : 2)
    }
    return hasNull ? String(decoding: replaced + rest, as: UTF8.self) : nil
  }

  /// With control characters escaped as JSON wants them inside strings; outside of strings a tab may become wrong, which
  /// is why texts without any, nearly all, are left as they are.
  fileprivate func escapingControls() -> String {
    guard utf8.contains(where: { $0 < 0x20 }) else { return self }
    var escaped = ""
    var isInside = false
    var isEscaped = false
    for scalar in unicodeScalars {
      if isInside, scalar.value < 0x20 {
        escaped += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
        isEscaped = false
        continue
      }
      if scalar == "\"", !isEscaped { isInside.toggle() }
      isEscaped = isInside && scalar == "\\" && !isEscaped
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
