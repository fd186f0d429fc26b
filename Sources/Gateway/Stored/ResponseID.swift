import Vocabulary

extension Named {
  package enum Response {}
}

/// Names a response that is kept.
typealias ResponseID = Identifier<Named.Response>

extension ResponseID {
  private static let prefix = "resp_"

  /// As clients know it: `resp_` and 32 hexadecimal digits.
  var name: String { Self.prefix + digits }

  var digits: String { raw.bytes.hexadecimal }

  /// Reads ``name``; nil for anything else.
  init?(name: some StringProtocol) {
    guard name.hasPrefix(Self.prefix), let bytes = [UInt8](hexadecimal: name.dropFirst(Self.prefix.count)),
      let raw = UniqueID(bytes: bytes)
    else { return nil }
    self.init(raw)
  }
}
