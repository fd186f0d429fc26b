import Dice
package import StrictJSON

/// Exact odds as a page draws them.
package struct DiceOdds: Codable, Sendable, Hashable, SchemaDescribed {
  package struct Outcome: Codable, Sendable, Hashable, SchemaDescribed {
    package let total: Int64
    package let count: String?
    package let chance: Double
    package let atLeast: Double

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A total and how likely it is.",
        properties: [
          "total": .init("The total."),
          "count": .init("Outcomes that give it, of `den`, in decimal.", .length(1...DiceOdds.digitsMax)),
          "chance": .init("The chance of exactly this total.", .numbers(0...1)),
          "atLeast": .init("The chance of this total or a higher one.", .numbers(0...1)),
        ])
    }
  }

  package let expression: String
  package let mean: Double
  package let sd: Double
  package let median: Double
  package let den: String?
  package let tail: Double
  package let outcomes: [Outcome]

  /// What a page can draw and a line can carry; the terminal computes more.
  static let limits = OddsLimits(states: 5_000)
  /// Of a count. With longer ones, only chances are told: the terminal has them all.
  static let digitsMax = 100

  init(_ odds: Odds, of dice: PreparedRoll) {
    expression = dice.expression
    mean = odds.mean
    sd = odds.standardDeviation
    median = odds.median
    // A digit has more than three bits.
    let isTold = odds.denominator.bitWidth <= 3 * Self.digitsMax
    den = isTold ? odds.denominator.description : nil
    tail = odds.tailShare
    outcomes = zip(odds.outcomes, odds.chancesAtLeast).map { outcome, atLeast in
      Outcome(
        total: outcome.total, count: isTold ? outcome.count.description : nil,
        chance: odds.chance(of: outcome.total), atLeast: atLeast)
    }
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "Exact odds.",
      properties: [
        "expression": .init("The notation, written canonically."), "mean": .init("The average total."),
        "sd": .init("The standard deviation."), "median": .init("Half of the outcomes lie on either side."),
        "den": .init(
          "All equally likely outcomes, in decimal. It and the counts are left out where it is longer than some 90 digits.",
          .length(1...digitsMax)),
        "tail": .init(
          "The share of outcomes that was not followed, where dice explode without an end; else 0.", .numbers(0...1)),
        "outcomes": .init("Each total that can come, ascending.", .count(1...limits.states)),
      ])
  }
}
