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
  package static let toolsMax = 128
  package static let toolNameBytesMax = 64
  /// Canonical bytes of all tools together.
  package static let toolBytesMax = 1 << 20
  /// Tools that one answer may call.
  package static let toolCallsMax = 128
  /// Pieces of all messages together.
  package static let piecesMax = 10_000
  /// Base64 characters of all images together.
  package static let imageBytesMax = 32 << 20
}

extension ModelRequest {
  /// What is wrong with the request, each fault with its place; empty when it can be sent.
  package func faults() -> [FieldError] {
    messageFaults() + toolFaults() + boundFaults() + stopFaults() + nameFaults()
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
    var faults = messages.enumerated().filter { $0.element.words.contains { $0.utf8.contains(0) } }.map {
      FieldError.refused("/messages/\($0.offset)/text", "U+0000 cannot be sent.")
    }
    let bytes = messages.reduce(0) { $0 + $1.words.reduce(0) { $0 + $1.utf8.count } }
    if bytes > RequestLimits.textBytesMax {
      faults.append(
        .refused("/messages", "The messages have \(bytes) bytes; at most \(RequestLimits.textBytesMax) are sent."))
    }
    let pieces = messages.reduce(0) { $0 + $1.content.count }
    if pieces > RequestLimits.piecesMax {
      faults.append(
        .refused("/messages", "The messages have \(pieces) pieces; at most \(RequestLimits.piecesMax) are sent."))
    }
    let images = messages.reduce(0) { $0 + $1.imageBytes }
    if images > RequestLimits.imageBytesMax {
      faults.append(
        .refused("/messages", "The images have \(images) characters; at most \(RequestLimits.imageBytesMax) are sent."))
    }
    return faults
  }

  private func toolFaults() -> [FieldError] {
    guard tools.count <= RequestLimits.toolsMax else {
      return [.refused("/tools", "At most \(RequestLimits.toolsMax) tools can be offered, not \(tools.count).")]
    }
    var faults: [FieldError] = []
    var known: Set<String> = []
    for (index, tool) in tools.enumerated() {
      if !ModelTool.isName(tool.name) {
        faults.append(
          .refused(
            "/tools/\(index)/name",
            "A tool's name has 1 to \(RequestLimits.toolNameBytesMax) letters, digits, “_” and “-”."))
      } else if !known.insert(tool.name).inserted {
        faults.append(.refused("/tools/\(index)/name", "There are two tools of the name “\(tool.name)”."))
      }
    }
    if case .named(let name) = toolChoice, !known.contains(name) {
      faults.append(.refused("/toolChoice", "No tool has the name “\(name.prefix(64))”."))
    }
    let bytes = tools.reduce(0) { $0 + $1.summary.utf8.count + $1.parameters.canonicalBytes().count }
    if bytes > RequestLimits.toolBytesMax {
      faults.append(
        .refused("/tools", "The tools have \(bytes) bytes; at most \(RequestLimits.toolBytesMax) are sent."))
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
    if let thinkingTokensMax, !(0...RequestLimits.outputTokensMax).contains(thinkingTokensMax) {
      faults.append(
        .refused(
          "/thinkingTokensMax",
          "A model may think 0 to \(RequestLimits.outputTokensMax) tokens, not \(thinkingTokensMax)."))
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

extension ModelTool {
  /// Whether every provider takes the name.
  package static func isName(_ name: String) -> Bool {
    (1...RequestLimits.toolNameBytesMax).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

extension ModelMessage {
  /// Everything in it that is text.
  var words: [String] {
    content.flatMap { piece in
      switch piece {
      case .text(let text): [text]
      case .thinking(let thinking): [thinking.text, thinking.signature]
      case .toolCall(let call): [call.id, call.name, call.arguments]
      case .toolResult(let result): [result.call, result.text]
      case .image(.url(let url)): [url]
      case .image(.data(let mediaType, _)): [mediaType]
      }
    }
  }

  fileprivate var imageBytes: Int {
    content.reduce(0) { sum, piece in
      if case .image(.data(_, let base64)) = piece { sum + base64.utf8.count } else { sum }
    }
  }
}
