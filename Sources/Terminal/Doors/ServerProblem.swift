import StrictJSON

/// A server's refusal: its problem document (RFC 9457) as far as it can be understood.
///
/// Nothing in it is trusted to be there, to be short, or to be of its type.
struct ServerProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Characters of the server's own words that are kept.
  static let textMax = 2_000
  /// Faults that are kept.
  static let errorsMax = 100

  let status: Int
  /// What kind of problem, for programs; nil when the answer was no problem document.
  let code: String?
  /// A sentence.
  let message: String
  let errors: [FieldError]

  init(status: Int, body: [UInt8]) {
    self.status = status
    let document = try? JSON(parsing: body)
    code = Self.text(document?["code"])
    errors = (document?["errors"]?.items ?? []).prefix(Self.errorsMax).compactMap(Self.fault)
    let title = Self.text(document?["title"])
    let request = Self.text(document?["requestId"]).map { " (request \($0))" } ?? ""
    message =
      (Self.text(document?["detail"]) ?? title)
      ?? "The server answered with status \(status)\(request) and said nothing that can be understood."
  }

  var description: String { message }

  private static func fault(_ value: JSON) -> FieldError? {
    guard let message = text(value["message"]) else { return nil }
    let allowed = value["allowed"]?.items.map { $0.prefix(errorsMax).compactMap { text($0) } }
    return FieldError(
      pointer: text(value["pointer"]) ?? "", code: text(value["code"]) ?? "", message: message, allowed: allowed)
  }

  private static func text(_ value: JSON?) -> String? {
    guard let text = value?.text, !text.isEmpty else { return nil }
    return String(text.prefix(textMax))
  }
}
