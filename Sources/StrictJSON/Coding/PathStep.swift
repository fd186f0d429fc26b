/// One step from a value to a value inside it.
enum PathStep: Hashable {
  case key(String)
  case index(Int)
}

extension PathStep: CodingKey {
  init?(stringValue: String) { self = .key(stringValue) }
  init?(intValue: Int) { self = .index(intValue) }

  /// The token of a JSON pointer, unescaped.
  var stringValue: String {
    switch self {
    case .key(let key): key
    case .index(let index): String(index)
    }
  }

  var intValue: Int? {
    switch self {
    case .key: nil
    case .index(let index): index
    }
  }

  /// The key by which the standard library's `superEncoder()` and `superDecoder()` find the value.
  static let `super` = PathStep.key("super")
}

extension JSONPointer {
  func appending(_ step: PathStep) -> JSONPointer {
    switch step {
    case .key(let key): appending(key)
    case .index(let index): appending(index)
    }
  }

  /// The place that a path of the standard library's coding machinery names.
  init(codingPath: [any CodingKey]) {
    self = codingPath.reduce(.root) { $0.appending($1.stringValue) }
  }
}
