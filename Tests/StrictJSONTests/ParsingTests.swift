import StrictJSON
import Testing

@Suite struct ParsingTests {
  struct Accepted: Sendable, CustomTestStringConvertible {
    let text: String
    let value: JSON
    init(_ text: String, _ value: JSON) { (self.text, self.value) = (text, value) }
    var testDescription: String { text.debugDescription }
  }

  static let accepted: [Accepted] = [
    .init("null", .null), .init("true", true), .init("false", false), .init(" \t\r\n null \n", .null),
    .init("0", 0), .init("1", 1), .init("-1", -1), .init("10", 10), .init("1234567890", 1_234_567_890),
    .init("9223372036854775807", .integer(.max)), .init("-9223372036854775808", .integer(.min)),
    .init("9007199254740993", 9_007_199_254_740_993),
    .init("100000000000000000000", .number(1e20)), .init("-9223372036854776000", .number(-0x1p63)),
    .init("0.0", .number(0)), .init("1.0", .number(1)), .init("1.5", 1.5), .init("-0.25", -0.25),
    .init("1e0", .number(1)), .init("1E2", .number(100)), .init("1e+2", .number(100)), .init("1e-2", 0.01),
    .init("1.5e3", .number(1500)), .init("0e1", .number(0)), .init("0e99999999999999999999", .number(0)),
    .init("0e+1", .number(0)), .init("0.1", 0.1),
    .init("123.456e-789", .number(0)), .init("5e-324", .number(.leastNonzeroMagnitude)), .init("2e-400", .number(0)),
    .init("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
    .init("0.000000000000000000000000000001", .number(1e-30)), .init("1e00002", .number(100)),
    .init("9007199254740993.0", .number(9_007_199_254_740_992)), .init("1e22", .number(1e22)),
    .init("1e23", .number(1e23)), .init("8.41e21", .number(8.41e21)),
    .init("2.2250738585072011e-308", .number(Double.leastNormalMagnitude.nextDown)),
    .init(#""""#, ""), .init(#""a""#, "a"), .init(#""é""#, "é"), .init(#""€""#, "€"), .init(#""😀""#, "😀"),
    .init(#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), .init(#""\u0041\u00e9\u00E9\u20ac""#, "Aéé€"),
    .init(#""\ud83d\ude00""#, "😀"), .init(#""\uD83D\uDE00x""#, "😀x"), .init(#""a\u0001b""#, "a\u{1}b"),
    .init("\"\u{7F}\"", "\u{7F}"), .init("\"\u{FEFF}\"", "\u{FEFF}"), .init(#""\uFFFF""#, "\u{FFFF}"),
    .init("\"\u{10FFFF}\"", "\u{10FFFF}"), .init("\"\u{2028}\u{2029}\"", "\u{2028}\u{2029}"),
    .init(#""\u0022\u005c""#, "\"\\"), .init(#""//x /*y*/""#, "//x /*y*/"),
    .init("[]", []), .init("[ ]", []), .init("[1]", [1]), .init("[1,2]", [1, 2]), .init("[ 1 , 2 ]", [1, 2]),
    .init("[[],[[]]]", [[], [[]]]), .init("[null,true,\"\"]", [.null, true, ""]), .init("[1\n,\t2\r]", [1, 2]),
    .init("{}", [:]), .init("{ }", [:]), .init(#"{"a":1}"#, ["a": 1]),
    .init(#"{ "a" : 1 , "b" : 2 }"#, ["a": 1, "b": 2]),
    .init(#"{"":0}"#, ["": 0]), .init(#"{"a":{"a":{"a":[]}}}"#, ["a": ["a": ["a": []]]]),
    .init("{\"é\":1,\"e\u{301}\":2}", ["é": 1, "e\u{301}": 2]), .init(#"{"\u0061":1}"#, ["a": 1]),
    .init(#"{"a":[{"b":null}]}"#, ["a": [["b": .null]]]),
  ]

  @Test(arguments: accepted) func `a JSON text is read`(_ example: Accepted) throws {
    #expect(try JSON(parsing: example.text) == example.value)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let code: String
    let pointer: String
    let offset: Int
    init(_ text: String, _ code: String, at offset: Int, _ pointer: String = "") {
      self.init(Array(text.utf8), code, at: offset, pointer)
    }
    init(_ bytes: [UInt8], _ code: String, at offset: Int, _ pointer: String = "") {
      (self.bytes, self.code, self.offset, self.pointer) = (bytes, code, offset, pointer)
    }
    var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription + " \(code)" }
  }

  static let refused: [Refused] = [
    .init("", "unexpected_end", at: 0), .init("  ", "unexpected_end", at: 2), .init("[", "unexpected_end", at: 1, "/0"),
    .init("{", "unexpected_end", at: 1), .init("[1", "unexpected_end", at: 2),
    .init("[1,", "unexpected_end", at: 3, "/1"),
    .init(#"{"a""#, "unexpected_end", at: 4, "/a"), .init(#"{"a":"#, "unexpected_end", at: 5, "/a"),
    .init(#"{"a":1"#, "unexpected_end", at: 6), .init(#"{"a":1,"#, "unexpected_end", at: 7),
    .init(#"""#, "unexpected_end", at: 1), .init(#""abc"#, "unexpected_end", at: 4),
    .init(#""\"#, "unexpected_end", at: 2),
    .init(#""\u12"#, "unexpected_end", at: 5), .init("-", "unexpected_end", at: 1),
    .init("1.", "unexpected_end", at: 2),
    .init("1e", "unexpected_end", at: 2), .init("1e+", "unexpected_end", at: 3), .init("[[]", "unexpected_end", at: 3),
    .init("1 2", "trailing_text", at: 2), .init("{}}", "trailing_text", at: 2), .init("[]]", "trailing_text", at: 2),
    .init("nullx", "trailing_text", at: 4), .init("true false", "trailing_text", at: 5),
    .init("\"a\"b", "trailing_text", at: 3),
    .init("1,", "trailing_text", at: 1), .init("{}//c", "trailing_text", at: 2), .init("1a", "trailing_text", at: 1),
    .init("0x10", "trailing_text", at: 1), .init("1_000", "trailing_text", at: 1),
    .init("{}\u{A0}", "trailing_text", at: 2),
    .init("[1,]", "trailing_comma", at: 3), .init(#"{"a":1,}"#, "trailing_comma", at: 7),
    .init("[[1,2,],3]", "trailing_comma", at: 6, "/0"), .init("[1, ]", "trailing_comma", at: 4),
    .init("[,1]", "unexpected_character", at: 1, "/0"), .init("[1,,2]", "unexpected_character", at: 3, "/1"),
    .init("[,]", "unexpected_character", at: 1, "/0"), .init("{,}", "unexpected_character", at: 1),
    .init("[1 2]", "unexpected_character", at: 3), .init("[1;2]", "unexpected_character", at: 2),
    .init("[1}", "unexpected_character", at: 2), .init(#"{"a":1]"#, "unexpected_character", at: 6),
    .init(#"{"a" 1}"#, "unexpected_character", at: 5, "/a"), .init(#"{"a",1}"#, "unexpected_character", at: 4, "/a"),
    .init(#"{"a":}"#, "unexpected_character", at: 5, "/a"), .init(#"{"a":1 "b":2}"#, "unexpected_character", at: 7),
    .init("{a:1}", "unexpected_character", at: 1), .init("{1:1}", "unexpected_character", at: 1),
    .init("{'a':1}", "unexpected_character", at: 1), .init("'a'", "unexpected_character", at: 0),
    .init("nul", "unexpected_character", at: 0), .init("True", "unexpected_character", at: 0),
    .init("NULL", "unexpected_character", at: 0), .init("undefined", "unexpected_character", at: 0),
    .init("]", "unexpected_character", at: 0), .init("}", "unexpected_character", at: 0),
    .init(":", "unexpected_character", at: 0),
    .init(",", "unexpected_character", at: 0), .init("/* */1", "unexpected_character", at: 0),
    .init("// x\n1", "unexpected_character", at: 0), .init("é", "unexpected_character", at: 0),
    .init("[é]", "unexpected_character", at: 1, "/0"), .init("\u{A0}1", "unexpected_character", at: 0),
    .init("\u{2028}1", "unexpected_character", at: 0), .init("\u{B}1", "unexpected_character", at: 0),
    .init("\u{C}1", "unexpected_character", at: 0), .init("+1", "unexpected_character", at: 0),
    .init(".5", "unexpected_character", at: 0), .init("[١]", "unexpected_character", at: 1, "/0"),
    .init("01", "leading_zero", at: 0), .init("-01", "leading_zero", at: 1), .init("00", "leading_zero", at: 0),
    .init("[0,012]", "leading_zero", at: 3, "/1"), .init("00.5", "leading_zero", at: 0),
    .init("--1", "invalid_number", at: 1), .init("-a", "invalid_number", at: 1), .init("1.a", "invalid_number", at: 2),
    .init("1.e5", "invalid_number", at: 2), .init("1ea", "invalid_number", at: 2),
    .init("1e+-2", "invalid_number", at: 3),
    .init("[-]", "invalid_number", at: 2, "/0"), .init("-.5", "invalid_number", at: 1),
    .init("1e1.5", "trailing_text", at: 3),
    .init("NaN", "not_finite", at: 0), .init("Infinity", "not_finite", at: 0), .init("-Infinity", "not_finite", at: 1),
    .init("[+Infinity]", "not_finite", at: 1, "/0"), .init("-NaN", "not_finite", at: 1),
    .init("1e309", "number_out_of_range", at: 0), .init("-1e309", "number_out_of_range", at: 0),
    .init("1e999999999999999999999", "number_out_of_range", at: 0), .init("1.8e308", "number_out_of_range", at: 0),
    .init(#"{"a":[1e400]}"#, "number_out_of_range", at: 6, "/a/0"),
    .init("9223372036854775808", "integer_out_of_range", at: 0),
    .init("-9223372036854775809", "integer_out_of_range", at: 0),
    .init("18446744073709551615", "integer_out_of_range", at: 0),
    .init("18446744073709551616", "integer_out_of_range", at: 0),
    .init("100000000000000000001", "integer_out_of_range", at: 0),
    .init("1000000000000000000000", "integer_out_of_range", at: 0),
    .init("[1,99999999999999999999]", "integer_out_of_range", at: 3, "/1"),
    .init(#"{"a":1,"a":2}"#, "duplicate_key", at: 7, "/a"),
    .init(#"{"a":1,"b":2,"a":1}"#, "duplicate_key", at: 13, "/a"),
    .init(#"{"a":1,"\u0061":2}"#, "duplicate_key", at: 7, "/a"),
    .init(#"[{"":1,"":2}]"#, "duplicate_key", at: 7, "/0/"),
    .init(#"{"x/y":{"~":1,"~":1}}"#, "duplicate_key", at: 14, "/x~1y/~0"),
    .init(#""\x""#, "invalid_escape", at: 2), .init(#""\'""#, "invalid_escape", at: 2),
    .init(#""\U0041""#, "invalid_escape", at: 2),
    .init(#""\u12G4""#, "invalid_escape", at: 5), .init(#""\u 123""#, "invalid_escape", at: 3),
    .init(#""\u+123""#, "invalid_escape", at: 3), .init("\"\\\n\"", "invalid_escape", at: 2),
    .init(#""\0""#, "invalid_escape", at: 2),
    .init("\"\\u００４１\"", "invalid_escape", at: 3),
    .init(#""\ud800""#, "lone_surrogate", at: 1), .init(#""\udc00""#, "lone_surrogate", at: 1),
    .init(#""\udc00\ud800""#, "lone_surrogate", at: 1), .init(#""\ud800\ud800""#, "lone_surrogate", at: 1),
    .init(#""\ud800x""#, "lone_surrogate", at: 1), .init(#""\ud800\n""#, "lone_surrogate", at: 1),
    .init(#""ab\ud83d""#, "lone_surrogate", at: 3), .init(#"{"\ud800":1}"#, "lone_surrogate", at: 2),
    .init(#""\u0000""#, "nul_character", at: 1), .init("\"\u{0}\"", "nul_character", at: 1),
    .init("\u{0}", "nul_character", at: 0),
    .init("1\u{0}", "nul_character", at: 1), .init(#"{"a\u0000":1}"#, "nul_character", at: 3),
    .init("[\u{0}]", "nul_character", at: 1, "/0"),
    .init("\"\n\"", "control_character", at: 1), .init("\"\t\"", "control_character", at: 1),
    .init("\"a\u{1F}\"", "control_character", at: 2), .init("{\"\r\":1}", "control_character", at: 2),
    .init([0xEF, 0xBB, 0xBF, 0x31], "byte_order_mark", at: 0), .init([0xFF, 0xFE, 0x31, 0x00], "invalid_utf8", at: 0),
    .init([0x31, 0x00], "nul_character", at: 1), .init([0x22, 0x80, 0x22], "invalid_utf8", at: 1),
    .init([0x22, 0x61, 0xC3, 0x22], "invalid_utf8", at: 2), .init([0x22, 0xC0, 0xAF, 0x22], "invalid_utf8", at: 1),
    .init([0x22, 0xE0, 0x80, 0x80, 0x22], "invalid_utf8", at: 1),
    .init([0x22, 0xED, 0xA0, 0x80, 0x22], "invalid_utf8", at: 1),
    .init([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], "invalid_utf8", at: 1),
    .init([0x22, 0xF8, 0x88, 0x22], "invalid_utf8", at: 1),
    .init([0x22, 0xF0, 0x9F, 0x98, 0x22], "invalid_utf8", at: 1),
    .init([0x5B, 0xFF, 0x5D], "invalid_utf8", at: 1, "/0"),
    .init([0x22, 0xC3, 0xA9, 0x80, 0x22], "invalid_utf8", at: 3), .init([0xC3], "invalid_utf8", at: 0),
    .init([0x7B, 0x22, 0xE9, 0x22, 0x3A, 0x31, 0x7D], "invalid_utf8", at: 2),
  ]

  @Test(arguments: refused) func `a text that is no JSON is refused with code, place and offset`(_ example: Refused) {
    let fault = #expect(throws: JSONFault.self) { try JSON(parsing: example.bytes) }
    let error = fault?.errors.first
    #expect(error?.code == example.code)
    #expect(error?.pointer == example.pointer)
    #expect(error?.message.hasPrefix("Byte \(example.offset): ") == true, "\(error?.message ?? "")")
  }

  @Test func `every byte of a collection that is not contiguous is read`() throws {
    let bytes = Array(#"{"a":[1,2]}"#.utf8).lazy.map { $0 }
    #expect(try JSON(parsing: bytes) == ["a": [1, 2]])
  }

  @Test func `a slice is read from its own start`() throws {
    #expect(try JSON(parsing: Array("xx[1]".utf8)[2...]) == [1])
  }

  @Test func `zero with a minus sign is a number, not an integer`() throws {
    let zero = try JSON(parsing: "-0")
    #expect(zero.int64 == nil)
    #expect(zero.double?.sign == .minus)
  }

  @Test func `the order of members is kept`() throws {
    #expect(try JSON(parsing: #"{"b":1,"a":2,"c":3}"#).members?.keys == ["b", "a", "c"])
  }

  @Test func `the message says what was found and what must follow`() {
    #expect(
      throws: JSONFault(
        FieldError(
          pointer: "/0", code: "unexpected_character", message: "Byte 1: found é where a value must follow."))
    ) { try JSON(parsing: "[é]") }
  }
}
