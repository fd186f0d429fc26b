import Foundation
import Testing
import Vocabulary

@Suite("Timestamps")
struct TimestampTests {
  @Test func `days of eight centuries agree with Foundation's calendar`() throws {
    // Foundation's calendar is the Julian one before October 1582.
    let style = Date.ISO8601FormatStyle()
    // Every eleventh day meets each day of each month within a few years.
    for day in stride(from: -140_000, through: 146_097, by: 11) {
      let expected = Date(timeIntervalSince1970: Double(day) * 86_400).formatted(style)
      let text = Timestamp(microseconds: Int64(day) * 86_400_000_000).description
      guard text.prefix(19) == expected.prefix(19) else {
        Issue.record("day \(day): \(text) is not \(expected)")
        return
      }
      #expect(Timestamp(rfc3339: text)?.microseconds == Int64(day) * 86_400_000_000)
    }
  }

  @Test(
    arguments: [
      ("2026-11-21T09:00:52Z", 1_795_251_652_000_000), ("2026-11-21t09:00:52.5z", 1_795_251_652_500_000),
      ("2026-11-21T10:00:52.000001+01:00", 1_795_251_652_000_001),
      ("2026-11-20T23:30:52.1234567-09:30", 1_795_251_652_123_456),
      ("1969-12-31T23:59:59.999999Z", -1), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
    ] as [(String, Int64)])
  func `RFC 3339 is read`(text: String, microseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21 09:00:52Z", "2026-11-21T09:00:52", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z",
    "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:00:61Z", "2026-11-21T09:00:52.Z",
    "2026-11-21T09:00:52+24:00",
    "2026-11-21T09:00:52Z ", "٢٠٢٦-11-21T09:00:52Z", "-026-11-21T09:00:52Z", "2026-11-21T09:00:52Z\u{0}",
  ])
  func `what is no time is refused`(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `moving beyond the ends saturates`() {
    #expect(Timestamp(microseconds: .max).advanced(by: .seconds(1)).microseconds == .max)
    #expect(Timestamp(microseconds: .min).advanced(by: .seconds(-1)).microseconds == .min)
    #expect(Timestamp(microseconds: 0).advanced(by: .seconds(Int64.max)).microseconds == .max)
    #expect(Timestamp(microseconds: .max).duration(since: Timestamp(microseconds: .min)) == .microseconds(Int64.max))
    #expect(Timestamp(microseconds: .min).description == "0000-01-01T00:00:00.000000Z")
    #expect(Timestamp(microseconds: .max).description == "9999-12-31T23:59:59.999999Z")
  }
}
