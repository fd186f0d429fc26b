/// An instant: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted. RFC 3339 text outside.
///
/// The text form covers the years 0000 to 9999, as RFC 3339 does; instants beyond are clamped to its ends when printed.
package struct Timestamp: Hashable, Sendable, Comparable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// This instant moved by `duration`, rounded down to a microsecond; saturates instead of overflowing.
  package func advanced(by duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow else { return Timestamp(microseconds: seconds < 0 ? .min : .max) }
    let (moved, again) = microseconds.addingReportingOverflow(whole)
    guard !again else { return Timestamp(microseconds: whole < 0 ? .min : .max) }
    let rest = attoseconds / 1_000_000_000_000
    let (sum, last) = moved.addingReportingOverflow(rest)
    return Timestamp(microseconds: last ? (rest < 0 ? .min : .max) : sum)
  }

  /// The time from `earlier` to this instant; saturates instead of overflowing.
  package func duration(since earlier: Timestamp) -> Duration {
    let (difference, overflow) = microseconds.subtractingReportingOverflow(earlier.microseconds)
    return .microseconds(overflow ? (microseconds < 0 ? Int64.min : Int64.max) : difference)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with six decimals: `2026-11-21T09:00:52.000000Z`.
  package var description: String {
    let ends = (Self.first.microseconds, Self.last.microseconds)
    let micros = min(max(microseconds, ends.0), ends.1)
    let day = micros.flooredDivision(by: 86_400_000_000)
    let within = micros - day * 86_400_000_000
    let (year, month, dayOfMonth) = civil(fromDay: day)
    let seconds = within / 1_000_000
    return
      "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))T\(padded(seconds / 3600, 2)):"
      + "\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2)).\(padded(within % 1_000_000, 6))Z"
  }

  /// Reads RFC 3339 with any offset and up to six decimals (further ones are cut). Second 60 is read as the next minute.
  package init?(rfc3339 text: some StringProtocol) {
    var reader = DigitReader(text.utf8)
    guard let year = reader.digits(4), reader.skip("-"), let month = reader.digits(2), reader.skip("-"),
      let day = reader.digits(2), reader.skip("T", or: "t"), let hour = reader.digits(2), reader.skip(":"),
      let minute = reader.digits(2), reader.skip(":"), let second = reader.digits(2),
      let fraction = reader.fraction(), let offset = reader.offsetMinutes(), reader.isAtEnd,
      (1...12).contains(month), (1...daysIn(month: month, of: year)).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    let seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + (minute - offset) * 60 + second
    microseconds = seconds * 1_000_000 + fraction
  }

  static let first = Timestamp(microseconds: dayNumber(0, 1, 1) * 86_400_000_000)
  static let last = Timestamp(microseconds: dayNumber(10_000, 1, 1) * 86_400_000_000 - 1)
}

extension Timestamp: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let time = Timestamp(rfc3339: text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "“\(text.prefix(40))” is not a time; allowed: RFC 3339, as 2026-11-21T09:00:52Z")
    }
    self = time
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
