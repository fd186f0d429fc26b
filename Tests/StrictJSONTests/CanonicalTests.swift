import Foundation
import StrictJSON
import Testing

@Suite struct CanonicalTests {
  /// The bits of doubles and their text, after RFC 8785, appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
      (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
      (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
      (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
      (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
      (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
      (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
      (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
      (0x4314_3FF3_C1CB_0959, "1424953923781206.2"), (0x3FF0_0000_0000_0000, "1"), (0x3FB9_9999_9999_999A, "0.1"),
      (0x3E7A_D7F2_9ABC_AF48, "1e-7"), (0x40C3_8800_0000_0000, "10000"),
      (0x7FF0_0000_0000_0000, "null"), (0x7FF8_0000_0000_0000, "null"),
    ] as [(UInt64, String)])
  func `a number has the shortest text that ECMAScript gives it`(_ bits: UInt64, _ text: String) {
    #expect(JSON.number(Double(bitPattern: bits)).canonicalText() == text)
  }

  @Test func `no number has a shorter text that reads back as itself`() throws {
    var generator = SeededGenerator(seed: 8_785)
    for _ in 0..<2_000 {
      let number = abs(Double(bitPattern: generator.next()))
      guard number.isFinite, number > 0 else { continue }
      let text = JSON.number(number).canonicalText()
      #expect(Double(text) == number)
      let digits = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.reversed().drop { $0 == "0" }.count
      guard digits > 1 else { continue }
      #expect(Double(String(format: "%.*e", digits - 2, number)) != number, "\(text)")
    }
  }

  @Test(arguments: [
    (Int64.max, "9223372036854775807"), (.min, "-9223372036854775808"), (9_007_199_254_740_993, "9007199254740993"),
    (0, "0"), (-7, "-7"), (1_000, "1000"),
  ]) func `an integer keeps all its digits`(_ integer: Int64, _ text: String) {
    #expect(JSON.integer(integer).canonicalText() == text)
  }

  @Test func `members are sorted by UTF-16 code units`() {
    let object: JSON = [
      "\u{20AC}": 1, "\r": 2, "\u{FB33}": 3, "1": 4, "\u{1F600}": 5, "\u{80}": 6, "\u{F6}": 7, "": 8, "11": 9,
    ]
    #expect(
      object.canonicalText()
        == "{\"\":8,\"\\r\":2,\"1\":4,\"11\":9,\"\u{80}\":6,\"\u{F6}\":7,\"\u{20AC}\":1,\"\u{1F600}\":5,\"\u{FB33}\":3}"
    )
  }

  @Test func `the order is that of UTF-16 for any two keys`() {
    var generator = SeededGenerator(seed: 16)
    let scalars: [Unicode.Scalar] = [
      "a", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}",
    ]
    for _ in 0..<1_000 {
      let keys = (0..<2).map { _ in
        (0..<Int.random(in: 0...3, using: &generator)).reduce(into: "") { text, _ in
          text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a")
        }
      }
      guard keys[0] != keys[1] else { continue }
      let order = keys.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
      let object = JSON.object(JSONObject(distinct: keys.map { ($0, .null) }))
      #expect(object.canonicalBytes() == JSON.object(JSONObject(distinct: order.map { ($0, .null) })).canonicalBytes())
      #expect(object.canonicalText().hasPrefix("{\"\(order[0])\":"))
    }
  }

  @Test func `only what must be escaped is`() {
    let text = "\u{20ac}$\u{0F}\u{0a}A'\u{42}\u{22}\u{5c}\\\"/\u{8}\t\u{c}\r\u{1f}\u{7f}\u{2028}"
    #expect(
      JSON.string(text).canonicalText() == #""€$\u000f\nA'B\"\\\\\"/\b\t\f\r\u001f"# + "\u{7f}\u{2028}\"")
  }

  @Test func `the pretty text keeps the order and indents by two spaces`() {
    let value: JSON = ["b": [1, ["c": .null]], "a": [], "d": [:]]
    #expect(
      value.prettyText() == """
        {
          "b": [
            1,
            {
              "c": null
            }
          ],
          "a": [],
          "d": {}
        }
        """)
  }
}
