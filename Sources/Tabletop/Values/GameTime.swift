package import StrictJSON

/// A moment of the campaign's own time: seconds since the beginning of its first day. It has nothing to do with the clock
/// on the wall.
package struct GameTime: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 0 … ``secondsMax``.
  package let seconds: Int64

  package static let daysMax: Int64 = 1_000_000
  /// The last second of the last day that a campaign can reach.
  package static let secondsMax = daysMax * secondsADay - 1
  package static let secondsARound: Int64 = 6
  static let secondsADay: Int64 = 86_400

  /// The first moment of the first day.
  package static let beginning = GameTime(unchecked: 0)

  private init(unchecked seconds: Int64) { self.seconds = seconds }

  /// Nil outside the days that a campaign can reach.
  package init?(seconds: Int64) {
    guard (0...Self.secondsMax).contains(seconds) else { return nil }
    self.seconds = seconds
  }

  /// Nil when the campaign cannot reach that moment.
  package func advanced(by seconds: Int64) -> GameTime? {
    let (sum, isOver) = self.seconds.addingReportingOverflow(seconds)
    return isOver ? nil : GameTime(seconds: sum)
  }

  /// From 1.
  package var day: Int64 { seconds / Self.secondsADay + 1 }
  package var hour: Int64 { seconds % Self.secondsADay / 3_600 }
  package var minute: Int64 { seconds % 3_600 / 60 }
  package var second: Int64 { seconds % 60 }

  package static func < (a: GameTime, b: GameTime) -> Bool { a.seconds < b.seconds }

  /// “day 3, 14:05”, with the seconds where there are any.
  package var description: String {
    let clock = [hour, minute] + (second == 0 ? [] : [second])
    return "day \(day), " + clock.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}

extension GameTime: Codable, SchemaProviding {
  private enum CodingKeys: String, CodingKey { case day, hour, minute, second }

  package static var jsonSchema: JSONSchema {
    .object([
      .init("day", .integer(1...daysMax).described("The day of the campaign, from 1.")),
      .init("hour", .integer(0...23).described("0 to 23.")),
      .init("minute", .integer(0...59).described("0 to 59.")),
      .init("second", .integer(0...59).described("0 to 59; 0 when left out."), isRequired: false),
    ]).described("A moment of the campaign's own time.")
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let day = try container.decode(Int64.self, forKey: .day)
    let hour = try container.decode(Int64.self, forKey: .hour)
    let minute = try container.decode(Int64.self, forKey: .minute)
    let second = try container.decodeIfPresent(Int64.self, forKey: .second) ?? 0
    guard (1...Self.daysMax).contains(day), (0...23).contains(hour), (0...59).contains(minute),
      (0...59).contains(second)
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "there is no day \(day), \(hour):\(minute):\(second)"))
    }
    seconds = (day - 1) * Self.secondsADay + hour * 3_600 + minute * 60 + second
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(day, forKey: .day)
    try container.encode(hour, forKey: .hour)
    try container.encode(minute, forKey: .minute)
    try container.encode(second, forKey: .second)
  }
}
