// Days and months of UTC. An instant outside the years 0000 to 9999 is taken for the nearest one within, so that nothing
// here leaves its 64 bits.
extension Timestamp {
  private static let microsecondsOfDay: Int64 = 86_400_000_000

  /// The midnight that began this instant's day.
  package var dayStart: Timestamp { Self.midnight(ofDay: day) }

  /// The midnight that ends this instant's day.
  package var nextDayStart: Timestamp { Self.midnight(ofDay: day + 1) }

  /// The midnight that began this instant's month.
  package var monthStart: Timestamp {
    let (year, month, _) = civil(fromDay: day)
    return Self.midnight(ofDay: dayNumber(year, month, 1))
  }

  /// The midnight that ends this instant's month.
  package var nextMonthStart: Timestamp {
    let (year, month, _) = civil(fromDay: day)
    return Self.midnight(ofDay: month == 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1))
  }

  /// Days since 1970-01-01.
  private var day: Int64 {
    min(max(self, Self.first), Self.last).microseconds.flooredDivision(by: Self.microsecondsOfDay)
  }

  private static func midnight(ofDay day: Int64) -> Timestamp { Timestamp(microseconds: day * microsecondsOfDay) }
}
