package import StrictJSON

/// What a ``ModelRequest`` may hold. A request beyond it is refused before anything is sent.
package enum RequestLimits {
  package static let messagesMax = 1_000
  /// UTF-8 bytes of all messages together.
  package static let textBytesMax = 4 << 20
  package static let modelBytesMax = 200
  package static let outputTokensMax = 1_000_000
  package static let stopsMax = 4
  package static let stopBytesMax = 200
}

extension ModelRequest {
  /// What is wrong with the request, each fault with its place; empty when it can be sent.
  package func faults() -> [FieldError] {
    messageFaults() + boundFaults() + stopFaults() + nameFaults()
  }

  private func nameFaults() -> [FieldError] {
    guard model.isEmpty || model.utf8.count > RequestLimits.modelBytesMax || model.utf8.contains(where: { $0 < 0x20 })
    else { return [] }
    return [
      .refused(
        "/model",
        "A model's name has 1 to \(RequestLimits.modelBytesMax) bytes and no control characters; this has "
          + "\(model.utf8.count) bytes.")
    ]
  }

  private func messageFaults() -> [FieldError] {
    guard (1...RequestLimits.messagesMax).contains(messages.count) else {
      return [
        .refused("/messages", "There are 1 to \(RequestLimits.messagesMax) messages in a call, not \(messages.count).")
      ]
    }
    var faults = messages.enumerated().filter { $0.element.text.utf8.contains(0) }.map {
      FieldError.refused("/messages/\($0.offset)/text", "U+0000 cannot be sent.")
    }
    let bytes = messages.reduce(0) { $0 + $1.text.utf8.count }
    if bytes > RequestLimits.textBytesMax {
      faults.append(
        .refused("/messages", "The messages have \(bytes) bytes; at most \(RequestLimits.textBytesMax) are sent."))
    }
    return faults
  }

  private func boundFaults() -> [FieldError] {
    var faults: [FieldError] = []
    if let outputTokensMax, !(1...RequestLimits.outputTokensMax).contains(outputTokensMax) {
      faults.append(
        .refused(
          "/outputTokensMax",
          "An answer may have 1 to \(RequestLimits.outputTokensMax) tokens, not \(outputTokensMax)."))
    }
    if let temperature, !(0...2).contains(temperature) {
      faults.append(.refused("/temperature", "A temperature lies between 0 and 2; this is \(temperature)."))
    }
    return faults
  }

  private func stopFaults() -> [FieldError] {
    guard stop.count <= RequestLimits.stopsMax else {
      return [.refused("/stop", "At most \(RequestLimits.stopsMax) texts may end an answer, not \(stop.count).")]
    }
    return stop.enumerated().filter { !(1...RequestLimits.stopBytesMax).contains($0.element.utf8.count) }.map {
      .refused(
        "/stop/\($0.offset)",
        "A text that ends an answer has 1 to \(RequestLimits.stopBytesMax) bytes, not \($0.element.utf8.count).")
    }
  }
}

extension FieldError {
  fileprivate static func refused(_ pointer: String, _ message: String) -> FieldError {
    FieldError(pointer: pointer, code: "out_of_range", message: message)
  }
}
