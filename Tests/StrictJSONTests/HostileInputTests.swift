import StrictJSON
import Testing

@Suite struct HostileInputTests {
  private static let roomy = JSONLimits(bytes: 64 << 20, members: 1_000_000, items: 1_000_000, stringBytes: 64 << 20)

  private func code(_ bytes: [UInt8], limits: JSONLimits) -> String? {
    #expect(throws: JSONFault.self) { try JSON(parsing: bytes, limits: limits) }?.errors.first?.code
  }

  @Test(arguments: ["[", #"{"a":"#, "[{\"\":"]) func `ten million open brackets are refused, not followed`(
    _ piece: String
  ) {
    let bytes = Array(String(repeating: piece, count: 10_000_000 / piece.utf8.count).utf8)
    #expect(code(bytes, limits: Self.roomy) == "too_deep")
  }

  @Test func `the deepest text allowed is read, compared, written and freed`() throws {
    let depth = JSONLimits.deepest
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let value = try JSON(parsing: text, limits: JSONLimits(depth: depth))
    #expect(value.canonicalText() == text)
    #expect(try JSON(parsing: text, limits: JSONLimits(depth: depth)) == value)
    #expect(code(Array("[\(text)]".utf8), limits: JSONLimits(depth: depth)) == "too_deep")
  }

  @Test func `brackets side by side are not deep`() throws {
    let text = "[" + Array(repeating: "[]", count: 1_000).joined(separator: ",") + "]"
    #expect(try JSON(parsing: text, limits: JSONLimits(depth: 2)).items?.count == 1_000)
  }

  @Test(.timeLimit(.minutes(1))) func `a number of a million digits is refused`() {
    #expect(code(Array(repeating: 0x39, count: 1_000_000), limits: Self.roomy) == "number_too_long")
    #expect(code(Array("0.".utf8) + Array(repeating: 0x30, count: 1_000_000), limits: Self.roomy) == "number_too_long")
    #expect(code(Array("1e".utf8) + Array(repeating: 0x30, count: 1_000_000), limits: Self.roomy) == "number_too_long")
  }

  @Test func `a string may be as long as the limit and no longer`() throws {
    let quote: [UInt8] = [0x22]
    let megabyte = [UInt8](repeating: 0x61, count: 1 << 20)
    let limits = JSONLimits(bytes: 2 << 20)
    #expect(try JSON(parsing: quote + megabyte + quote, limits: limits).text?.utf8.count == 1 << 20)
    #expect(code(quote + megabyte + [0x61] + quote, limits: limits) == "string_too_long")
  }

  @Test func `escapes count for what they stand for`() throws {
    let limits = JSONLimits(stringBytes: 4)
    #expect(try JSON(parsing: #""\ud83d\ude00""#, limits: limits) == "😀")
    #expect(code(Array(#""\ud83d\ude00a""#.utf8), limits: limits) == "string_too_long")
    #expect(code(Array(#""aaaa\n""#.utf8), limits: limits) == "string_too_long")
  }

  @Test func `each limit has a code of its own`() {
    #expect(code(Array("[1,2]".utf8), limits: JSONLimits(bytes: 4)) == "too_large")
    #expect(code(Array("[1,2]".utf8), limits: JSONLimits(items: 1)) == "too_many_items")
    #expect(code(Array(#"{"a":1,"b":2}"#.utf8), limits: JSONLimits(members: 1)) == "too_many_members")
    #expect(code(Array(#"{"aaa":1}"#.utf8), limits: JSONLimits(keyBytes: 2)) == "key_too_long")
    #expect(code(Array("123".utf8), limits: JSONLimits(numberDigits: 2)) == "number_too_long")
    #expect(code(Array("1.5".utf8), limits: JSONLimits(numberDigits: 2)) == "number_too_long")
    #expect(code(Array("[]".utf8), limits: JSONLimits(depth: 0)) == "too_deep")
  }

  @Test(.timeLimit(.minutes(1))) func `a duplicate at the end of a hundred thousand long keys is found`() {
    let prefix = String(repeating: "k", count: 12)
    let members = (0..<100_000).map { "\"\(prefix)\($0)\":0" } + ["\"\(prefix)0\":1"]
    let fault = #expect(throws: JSONFault.self) {
      try JSON(parsing: "{" + members.joined(separator: ",") + "}", limits: Self.roomy)
    }
    #expect(fault?.errors.first?.code == "duplicate_key")
    #expect(fault?.errors.first?.pointer == "/\(prefix)0")
  }

  @Test(.timeLimit(.minutes(1))) func `keys that Unicode calls equivalent cannot be made to collide`() throws {
    let marks: [Unicode.Scalar] = ["\u{301}", "\u{323}"]
    let keys = (0..<10_000).map { number in
      (0..<14).reduce(into: "a") { $0.unicodeScalars.append(marks[number >> $1 & 1]) }
    }
    let text = "{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
    #expect(try JSON(parsing: text).members?.count == 10_000)
  }
}
