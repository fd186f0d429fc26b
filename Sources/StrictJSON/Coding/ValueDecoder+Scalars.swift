extension ValueDecoder {
  /// A value inside this one as some `T`. As in encoding, the commonest scalars need no decoder of their own.
  func decode<T: Decodable>(_ type: T.Type, from value: JSON, at step: PathStep) throws -> T {
    if T.self == Int.self, let integer = try integer(value, at: step) as Int as? T { return integer }
    if T.self == String.self, let text = try text(value, at: step) as? T { return text }
    if T.self == Double.self, let number = try number(value, at: step) as Double as? T { return number }
    return try child(value, at: step).decoded(type)
  }

  func flag(_ value: JSON, at step: PathStep?) throws -> Bool {
    guard case .bool(let flag) = value else { throw wrongType("true or false", value, at: step) }
    return flag
  }

  func text(_ value: JSON, at step: PathStep?) throws -> String {
    guard case .string(let text) = value else { throw wrongType("a string", value, at: step) }
    return text
  }

  func number<T: BinaryFloatingPoint>(_ value: JSON, at step: PathStep?) throws -> T {
    guard let double = value.double else { throw wrongType("a number", value, at: step) }
    let number = T(double)
    guard number.isFinite else {
      throw fault(at: step, double < 0 ? "too_small" : "too_large", "Found \(value.excerpt), beyond every \(T.self).")
    }
    return number
  }

  func integer<T: FixedWidthInteger>(_ value: JSON, at step: PathStep?) throws -> T {
    guard case .integer(let integer) = value else {
      throw wrongType("an integer, without point and exponent", value, at: step)
    }
    guard let exact = T(exactly: integer) else {
      throw fault(
        at: step, integer < T.min ? "too_small" : "too_large",
        "Found \(integer); allowed are integers from \(T.min) to \(T.max).")
    }
    return exact
  }
}
