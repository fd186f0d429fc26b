extension JSON {
  /// Reads a JSON text, strictly as RFC 8259 defines it and within limits.
  ///
  /// Refused are, besides everything that is no JSON: a byte order mark, text that is not valid UTF-8, surrogates
  /// without partner, U+0000, the same key twice in an object, numbers that no `Double` can hold, and integers that
  /// would lose digits. An integer beyond `Int64` is therefore read only if it is what the canonical form writes for
  /// some `Double`, such as `100000000000000000000`; it becomes a `number`. Fractions are rounded to the nearest
  /// `Double`.
  ///
  /// - Throws: the first fault in the text, with the pointer of the place, its own code, and the byte offset (from 0)
  ///   in the message.
  package init(parsing bytes: some Collection<UInt8>, limits: JSONLimits = .standard) throws(JSONFault) {
    let result =
      bytes.withContiguousStorageIfAvailable { Self.parse($0, limits: limits) }
      ?? Array(bytes).withUnsafeBufferPointer { Self.parse($0, limits: limits) }
    self = try result.get()
  }

  /// Reads a JSON text; see ``init(parsing:limits:)``.
  package init(parsing text: String, limits: JSONLimits = .standard) throws(JSONFault) {
    try self.init(parsing: text.utf8, limits: limits)
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) -> Result<JSON, JSONFault> {
    Result { () throws(JSONFault) in
      var parser = JSONParser(bytes, limits: limits)
      return try parser.document()
    }
  }
}
