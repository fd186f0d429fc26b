/// A time that passes in the game: `rest for 2 hours`, `wait a minute`, `short rest`.
struct PassingTime: Sendable, Hashable {
  /// Named as the field of `advance_time`.
  enum Unit: String, Sendable { case minutes, hours, rounds }

  /// More is not believed: a year of hours.
  static let countMax: Int64 = 8_760

  let count: Int64
  let unit: Unit

  /// - Returns: nil when no time is named, and for a number that is 0, negative or beyond ``countMax``.
  init?(_ words: Words) {
    if words.text.contains("short rest") {
      (count, unit) = (1, .hours)
    } else if words.text.contains("long rest") {
      (count, unit) = (8, .hours)
    } else {
      guard let place = words.all.lastIndex(where: { Self.unit($0) != nil }), let unit = Self.unit(words.all[place])
      else { return nil }
      let number = place > 0 ? words.all[place - 1] : ""
      let spoken: [String: Int64] = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "eight": 8, "ten": 10,
      ]
      guard let count = Int64(number) ?? spoken[number], (1...Self.countMax).contains(count) else { return nil }
      (self.count, self.unit) = (count, unit)
    }
  }

  private static func unit(_ word: String) -> Unit? {
    switch word {
    case "minute", "minutes", "min", "mins": .minutes
    case "hour", "hours": .hours
    case "round", "rounds", "turn", "turns": .rounds
    default: nil
    }
  }
}

/// The level a spell is to be cast at: `at level 4`, `at 4th level`, `with a level 4 slot`.
enum CastingLevel {
  /// The level, nil when none is named; and the words without it.
  static func take(from words: Words) -> (Int64?, Words) {
    guard let place = words.all.firstIndex(of: "level") else { return (nil, words) }
    let all = words.all
    var range = place..<(place + 1)
    var level: Int64?
    if place + 1 < all.count, let number = number(all[place + 1]) {
      level = number
      range = place..<(place + 2)
    } else if place > 0, let number = number(all[place - 1]) {
      level = number
      range = (place - 1)..<(place + 1)
    }
    guard let level else { return (nil, words) }
    while range.upperBound < all.count, all[range.upperBound] == "slot" {
      range = range.lowerBound..<(range.upperBound + 1)
    }
    while range.lowerBound > 0, ["at", "a", "with", "using", "as", "an"].contains(all[range.lowerBound - 1]) {
      range = (range.lowerBound - 1)..<range.upperBound
    }
    return (level, Words(words: all[..<range.lowerBound] + all[range.upperBound...]))
  }

  private static func number(_ word: String) -> Int64? {
    let names = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    if let place = names.firstIndex(of: word) { return Int64(place + 1) }
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    return ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) ? Int64(digits) : nil
  }
}
