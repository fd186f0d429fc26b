import Foundation

/// How far the slow hunts of dice go.
///
/// `ARBITER_DICE=N` asks for N rolls of each expression and N / 10 generated expressions (`bin/check --dice` for a
/// million), `ARBITER_DICE_SEED=S` for others than the usual ones. The same numbers bring the same rolls.
enum DiceHunt {
  private static func wish(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  private static let rolls = wish("ARBITER_DICE").map { Int(clamping: min($0, 100_000_000)) }

  static let seed = wish("ARBITER_DICE_SEED") ?? 1

  /// - Parameter usual: how many the ordinary suite rolls.
  static func rolls(usually usual: Int) -> Int { max(rolls ?? usual, usual) }

  /// - Parameter usual: how many the ordinary suite generates.
  static func expressions(usually usual: Int) -> Int { max((rolls ?? 0) / 10, usual) }

  /// Says what was found, where somebody asked for a hunt.
  static func say(_ line: String) {
    if rolls != nil { print("dice: \(line)") }
  }
}
