import StrictJSON

extension JSON {
  /// A random value that nests at most `depth` levels deep, with the numbers and characters that are easy to get wrong.
  static func random(depth: Int, using generator: inout SeededGenerator) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .integer(randomInteger(using: &generator))
    case 3: return .number(randomNumber(using: &generator))
    case 4: return .string(randomText(using: &generator))
    case 5:
      return .array(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0..<24, using: &generator) {
        object[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
      }
      return .object(object)
    }
  }

  private static func randomInteger(using generator: inout SeededGenerator) -> Int64 {
    Int64(truncatingIfNeeded: generator.next()) >> Int64.random(in: 0..<64, using: &generator)
  }

  private static func randomNumber(using generator: inout SeededGenerator) -> Double {
    let anything = Double(bitPattern: generator.next())
    let short = Double(Int.random(in: -9999...9999, using: &generator)) / 100
    return Bool.random(using: &generator) && anything.isFinite ? anything : short
  }

  private static func randomText(using generator: inout SeededGenerator) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "b", "z", "~", "/", "\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "e", "\u{301}", "\u{E000}", "\u{FFFD}", "😀",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0..<6, using: &generator) {
      text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a")
    }
    return text
  }
}
