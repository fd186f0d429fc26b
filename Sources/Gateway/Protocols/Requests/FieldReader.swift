import StrictJSON

/// Reads the fields of a request and gathers what is wrong with them and what a translation would lose.
///
/// Every read gives a value or nil and goes on, so that all faults are told at once; at most ``errorsMax`` of them are
/// kept. `null` counts as absent, as official clients send it for what was not given.
struct FieldReader {
  static let errorsMax = 64
  /// How many lost fields are named.
  static let lostMax = 64

  private(set) var errors: [FieldError] = []
  /// The pointers of what a translation would lose, in the order found.
  private(set) var lost: [String] = []

  /// Whether nothing more is worth reading.
  var isFull: Bool { errors.count >= Self.errorsMax }

  mutating func refuse(_ pointer: JSONPointer, _ code: String, _ message: String, allowed: [String]? = nil) {
    guard !isFull else { return }
    errors.append(FieldError(at: pointer, code: code, message: message, allowed: allowed))
  }

  mutating func lose(_ pointer: JSONPointer) {
    if lost.count < Self.lostMax { lost.append(pointer.description) }
  }

  /// Names the members that are none of `known`.
  mutating func loseAll(of object: JSONObject, but known: Set<String>, at pointer: JSONPointer) {
    for (key, value) in object where !known.contains(key) && !value.isNull { lose(pointer.appending(key)) }
  }

  mutating func text(_ value: JSON?, _ pointer: JSONPointer) -> String? {
    guard let value = value?.given else { return nil }
    if let text = value.text { return text }
    wrongType(pointer, "a string", value)
    return nil
  }

  /// A text that must be there.
  mutating func demandedText(_ value: JSON?, _ pointer: JSONPointer) -> String? {
    guard value?.given != nil else { return missing(pointer, "a string") }
    return text(value, pointer)
  }

  mutating func flag(_ value: JSON?, _ pointer: JSONPointer) -> Bool? {
    guard let value = value?.given else { return nil }
    if let flag = value.flag { return flag }
    wrongType(pointer, "true or false", value)
    return nil
  }

  /// A whole number, also one written as `3.0`.
  mutating func integer(_ value: JSON?, _ pointer: JSONPointer, in range: ClosedRange<Int>) -> Int? {
    guard let value = value?.given else { return nil }
    guard let number = value.double, number == number.rounded() else {
      wrongType(pointer, "a whole number", value)
      return nil
    }
    guard let integer = Int(exactly: number), range.contains(integer) else {
      refuse(pointer, "out_of_range", "Wanted is a whole number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    return integer
  }

  mutating func number(_ value: JSON?, _ pointer: JSONPointer, in range: ClosedRange<Double>) -> Double? {
    guard let value = value?.given else { return nil }
    guard let number = value.double else {
      wrongType(pointer, "a number", value)
      return nil
    }
    guard range.contains(number) else {
      refuse(pointer, "out_of_range", "Wanted is a number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    return number
  }

  mutating func items(_ value: JSON?, _ pointer: JSONPointer) -> [JSON]? {
    guard let value = value?.given else { return nil }
    if let items = value.items { return items }
    wrongType(pointer, "an array", value)
    return nil
  }

  mutating func object(_ value: JSON?, _ pointer: JSONPointer) -> JSONObject? {
    guard let value = value?.given else { return nil }
    if let object = value.members { return object }
    wrongType(pointer, "an object", value)
    return nil
  }

  mutating func demandedObject(_ value: JSON?, _ pointer: JSONPointer) -> JSONObject? {
    guard value?.given != nil else { return missing(pointer, "an object") }
    return object(value, pointer)
  }

  /// One of a few words.
  mutating func word(_ value: JSON?, _ pointer: JSONPointer, of allowed: [String]) -> String? {
    guard let word = text(value, pointer) else { return nil }
    if allowed.contains(word) { return word }
    notAllowed(pointer, word, allowed)
    return nil
  }

  mutating func notAllowed(_ pointer: JSONPointer, _ word: String, _ allowed: [String]) {
    refuse(
      pointer, "not_allowed",
      "Found “\(word.unicodeScalars.prefix(40).map(String.init).joined())”; allowed are "
        + allowed.joined(separator: ", ") + ".", allowed: allowed)
  }

  private mutating func missing<Value>(_ pointer: JSONPointer, _ wanted: String) -> Value? {
    refuse(pointer, "missing", "This field is missing; wanted is \(wanted).")
    return nil
  }

  mutating func wrongType(_ pointer: JSONPointer, _ wanted: String, _ found: JSON) {
    let type =
      switch found {
      case .null: "null"
      case .bool: "a boolean"
      case .integer, .number: "a number"
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    refuse(pointer, "wrong_type", "Found \(type) where \(wanted) is wanted.")
  }
}

extension JSON {
  /// The value; nil for `null`.
  var given: JSON? { isNull ? nil : self }
}
