extension ValueEncoder {
  /// The JSON of what one member, item or inner value encodes; `nil` stands for this encoder's own place.
  ///
  /// Values in arrays, dictionaries and optionals come here as some `T`. The commonest are taken directly, which
  /// halves the time of an array of integers: asking them to encode themselves would need an encoder for each.
  func json<T: Encodable>(of value: T, at step: PathStep?) throws -> JSON {
    if T.self == Int.self, let integer = value as? Int { return try json(integer, at: step) }
    if T.self == String.self, let text = value as? String { return try json(text, at: step) }
    if T.self == Double.self, let number = value as? Double { return try json(number, at: step) }
    if T.self == JSON.self, let json = value as? JSON { return json }
    return try ValueEncoder(parent: self, step: step).encoded(value)
  }

  func json(_ text: String, at step: PathStep?) throws -> JSON {
    guard !text.hasNUL else {
      throw fault(step, "nul_character", "The text \(JSON.string(text).excerpt) holds U+0000, which is not allowed.")
    }
    return .string(text)
  }

  func json(_ number: some BinaryFloatingPoint, at step: PathStep?) throws -> JSON {
    guard number.isFinite else {
      throw fault(step, "not_finite", "The number is \(number); only finite numbers are allowed.")
    }
    return .number(Double(number))
  }

  func json(_ integer: some FixedWidthInteger, at step: PathStep?) throws -> JSON {
    guard let exact = Int64(exactly: integer) else {
      let range = "\(Int64.min) and \(Int64.max)"
      throw fault(step, "integer_out_of_range", "The integer \(integer) does not lie between \(range).")
    }
    return .integer(exact)
  }

  func fault(_ step: PathStep?, _ code: String, _ message: String) -> JSONFault {
    let pointer = step.map { place.appending($0) } ?? place
    return JSONFault(FieldError(at: pointer, code: code, message: message))
  }
}
