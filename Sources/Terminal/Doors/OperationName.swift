/// The shape of an operation's name. It becomes part of a path, so nothing else may pass.
enum OperationName {
  /// Small ASCII letters, digits and `_`: 1 to 80 of them.
  static func isWellFormed(_ name: String) -> Bool {
    (1...80).contains(name.utf8.count)
      && name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
  }

  /// Why a name that is not well-formed cannot be used.
  static func refusal(of name: String) -> String {
    "“\(name.prefix(80))” is no name of an operation: those are small letters, digits and “_”. `arbiter operations` lists "
      + "them."
  }
}
