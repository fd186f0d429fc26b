import Dice
import Expressions
import Testing

/// Each modifier on faces that a person chose, in the dialects that have it.
@Suite("Modifiers")
struct ModifierTests {
  typealias Case = (dialect: DiceDialect, text: String, faces: [UInt32], total: Int64, line: String)

  private func roll(_ text: String, _ dialect: DiceDialect, _ faces: [UInt32]) throws -> RollResult {
    var tape = TapeDraws(faces: faces)
    let result = try DiceExpression(parsing: text, dialect: dialect).bind().roll(using: &tape)
    #expect(tape.remaining == 0, "faces left on the tape of \(text)")
    return result
  }

  static let native: [Case] = [
    (.native, "3d6r", [1, 4, 1, 2, 1], 7, "3d6ro1 (1→2, 4, 1→1) = 7"),
    (.native, "3d6rr<3", [1, 4, 2, 2, 6, 3], 13, "3d6rr<3 (1→2→3, 4, 2→6) = 13"),
    (.native, "1d20r1=1", [1, 1], 1, "1d20ro1=1 (1→1) = 1"),
    (.native, "3d6rr1=1", [1, 1, 1, 5], 7, "3d6rr1=1 (1→5, 1, 1) = 7"),
    (.native, "2d6ra6", [6, 6, 6], 18, "2d6ra6 (6!, 6, 6) = 18"),
    (.native, "2d6x", [6, 3, 6, 2], 17, "2d6x (6!, 3, 6!, 2) = 17"),
    (.native, "2d6xo", [6, 3, 6], 15, "2d6xo (6!, 3, 6) = 15"),
    (.native, "2d6x1=6", [6, 6, 6], 18, "2d6x1=6 (6!, 6, 6) = 18"),
    (.native, "2d6x>4", [5, 3, 6, 1], 15, "2d6x>4 (5!, 3, 6!, 1) = 15"),
    (.native, "4d6min2", [1, 5, 1, 6], 15, "4d6min2 (1→2, 5, 1→2, 6) = 15"),
    (.native, "4d6mi3kl1", [1, 4, 5, 2], 3, "4d6min3kl1 (1→3, ~4~, ~5~, ~2→3~) = 3"),
    (.native, "3d6ma4", [6, 3, 5], 11, "3d6max4 (6→4, 3, 5→4) = 11"),
    (.native, "2d6mi2x2", [1, 5, 6], 13, "2d6min2x2 (1→2!, 5, 6) = 13"),
    (.native, "5d10cs>=8", [8, 3, 10, 7, 9], 3, "5d10cs>=8 (8, 3, 10, 7, 9) = 3"),
    (.native, "5d10cf", [1, 3, 1, 7, 9], 2, "5d10cf1 (1, 3, 1, 7, 9) = 2"),
    (.native, "4d6cs>4df", [5, 2, 6, 1], 0, "4d6cs>4df (5, 2, 6, 1) = 0"),
    (.native, "4d6df1", [1, 4, 5, 1], 7, "4d6df1 (1, 4, 5, 1) = 7"),
    (.native, "4d6sf<3", [1, 4, 5, 2], 6, "4d6sf<3 (1, 4, 5, 2) = 6"),
    (.native, "4d6even", [1, 4, 6, 3], 2, "4d6even (1, 4, 6, 3) = 2"),
    (.native, "4d6odd", [1, 4, 6, 3], 2, "4d6odd (1, 4, 6, 3) = 2"),
    (.native, "3d6ms>=10", [6, 4, 3], 3, "3d6ms>=10 (6, 4, 3) = 3"),
    (.native, "3d6ms<10", [6, 4, 3], -3, "3d6ms<10 (6, 4, 3) = -3"),
    (.native, "3d6ms0", [6, 4, 3], 13, "3d6ms>=0 (6, 4, 3) = 13"),
    (.native, "3d6p3", [3, 4, 3], 4, "3d6p3 (~3~, 4, ~3~) = 4"),
    (.native, "3d6p<4", [3, 4, 1], 4, "3d6p<4 (~3~, 4, ~1~) = 4"),
    (.native, "4d6kh3kl1", [1, 2, 3, 4], 2, "4d6kh3kl1 (~1~, 2, ~3~, ~4~) = 2"),
    (.native, "4dF", [1, 2, 3, 3], 1, "4dF (-1, 0, 1, 1) = 1"),
    (.native, "3dC", [1, 2, 2], 2, "3dC (0, 1, 1) = 2"),
    (.native, "d%", [100], 100, "1d100 (100) = 100"),
    (.native, "(1d4)d6", [2, 3, 5], 8, "(1d4 (2))d6 (3, 5) = 8"),
    (.native, "2d(1d4+2)", [2, 3, 4], 7, "2d(1d4 (2) + 2) (3, 4) = 7"),
    (.native, "(2d6)kl1", [3, 5], 3, "(2d6 (3, ~5~))kl1 = 3"),
    (.native, "(2d6,)kl1", [3, 5], 8, "(2d6 (3, 5))kl1 = 8"),
    (.native, "(3,3)kh1", [], 3, "(3, ~3~)kh1 = 3"),
    (.native, "(1d6,10)kh1", [4], 10, "(~1d6 (4)~, 10)kh1 = 10"),
    (.native, "(1d6+5)p9", [4], 0, "(~1d6 (4) + 5~)p9 = 0"),
    (.native, "{{1d8, 1d6}}kh", [3, 5], 5, "{~1d8 (3)~, 1d6 (5)}kh1 = 5"),
    (.native, "{{1d8, 1d6, 4}}cs>=4", [3, 5], 2, "{1d8 (3), 1d6 (5), 4}cs>=4 = 2"),
    (.native, "floor(1d6/2)", [5], 2, "floor(1d6 (5) / 2) = 2"),
    (.native, "max(1d6, 1d8)", [5, 2], 5, "max(1d6 (5), 1d8 (2)) = 5"),
    (.native, "1d20>10", [11], 1, "1d20 (11) > 10 = 1"), (.native, "3>2>1", [], 0, "3 > 2 > 1 = 0"),
    (.native, "-7/2", [], -3, "-7 / 2 = -3"), (.native, "-7%3", [], 2, "-7 % 3 = 2"),
  ]

  static let d20: [Case] = [
    (.d20, "4d6kh3kl1", [1, 2, 3, 4], 10, "4d6kh3kl1 (1, 2, 3, 4) = 10"),
    (.d20, "2d20kh1kl1", [7, 3], 10, "2d20kh1kl1 (7, 3) = 10"),
    (.d20, "4d6ph1pl1", [1, 2, 3, 4], 5, "4d6ph1pl1 (~1~, 2, 3, ~4~) = 5"),
    (.d20, "3d6ro1ro2", [1, 4, 6, 2], 12, "3d6ro1ro2 (1→2, 4, 6) = 12"),
    (.d20, "4d6k3", [3, 4, 3, 1], 6, "4d6k3 (3, ~4~, 3, ~1~) = 6"),
    (.d20, "2d6e6", [6, 3, 6, 2], 17, "2d6e6 (6!, 3, 6!, 2) = 17"),
    (.d20, "10d6mi10", [1, 1, 1, 1, 1, 1, 1, 1, 1, 6], 100, "10d6mi10 (" + "1→10, " * 9 + "6→10) = 100"),
    (.d20, "2d%", [1, 10], 90, "2d% (0, 90) = 90"),
    (.d20, "2d6rol1", [3, 2, 6], 9, "2d6rol1 (3, 2→6) = 9"),
    (.d20, "2d10e10>8", [10, 3, 4], 1, "2d10e10 (10!, 3, 4) > 8 = 1"),
  ]

  static let foundry: [Case] = [
    (.foundry, "4d6k3", [1, 2, 3, 4], 9, "4d6kh3 (~1~, 2, 3, 4) = 9"),
    (.foundry, "2d20k0", [7, 3], 7, "2d20kh1 (7, ~3~) = 7"),
    (.foundry, "3d6kh2", [4, 4, 4], 8, "3d6kh2 (~4~, 4, 4) = 8"),
    (.foundry, "3d6r<3", [1, 4, 2, 2, 6], 12, "3d6r<3 (~1~, 4, ~2~, 2, 6) = 12"),
    (.foundry, "2d6rr<3", [1, 4, 2, 6], 10, "2d6rr<3 (~1~, 4, ~2~, 6) = 10"),
    (.foundry, "2d10x10>8", [9, 3, 10, 4], 26, "2d10x10>8 (9!, 3, 10!, 4) = 26"),
    (.foundry, "4d6min3kl1", [1, 4, 5, 2], 3, "4d6min3kl1 (1→3, ~4~, ~5~, ~2→3~) = 3"),
    (.foundry, "4d6min3cs>=3", [1, 4, 5, 2], 2, "4d6min3cs>=3 (1→3, 4, 5, 2→3) = 2"),
    (.foundry, "4d6cs>4df", [5, 2, 6, 1], 0, "4d6cs>4df (5, 2, 6, 1) = 0"),
    (.foundry, "{4d6, 10}kh", [1, 1, 1, 1], 10, "{~4d6 (1, 1, 1, 1)~, 10}kh1 = 10"),
    (.foundry, "{3d6}kh2", [1, 2, 3], 6, "{3d6 (1, 2, 3)}kh2 = 6"),
    (.foundry, "-7 % 3", [], -1, "-7 % 3 = -1"), (.foundry, "4df", [1, 1, 2, 3], -1, "4df (-1, -1, 0, 1) = -1"),
    (.foundry, "round(2.5)", [], 3, "round(2.5) = 3"), (.foundry, "1d20r1=1", [1, 1], 1, "1d20r1=1 (~1~, 1) = 1"),
    (.foundry, "3--2", [], 5, "3 - -2 = 5"), (.foundry, "1d6/4", [5], 1, "1d6 (5) / 4 = 1"),
  ]

  @Test(arguments: native + d20 + foundry) func `each does what its dialect says`(one: Case) throws {
    let result = try roll(one.text, one.dialect, one.faces)
    #expect(result.total == one.total)
    #expect(result.text == one.line)
    #expect(!result.spoken.isEmpty)
    #expect(try DiceExpression(parsing: result.expression, dialect: one.dialect).canonicalText == result.expression)
  }

  @Test(
    arguments: [
      (.d20, "1D20"), (.d20, "1 d 20"), (.d20, "4d6 kh3"), (.d20, "4d6kh 3"), (.d20, "2d6k"), (.d20, "(1d4)d6"),
      (.d20, "1.5d6"), (.d20, ""), (.d20, "1d0"), (.d20, "1001d6"), (.d20, " 1d6"), (.d20, "4d6mil1"),
      (.d20, "1d20 to hit"), (.d20, "{1}d6"), (.d20, "floor(1)"), (.d20, "2d6min2"), (.d20, "(2d6)ro1"),
      (.foundry, "2d6ro1"), (.foundry, "2d6e6"), (.foundry, "d%"), (.foundry, "1d6//2"), (.foundry, "1d6>3"),
      (.foundry, "(1,2)kh"), (.foundry, "2d6 fire"), (.foundry, "4d6mi2"), (.foundry, "4d6foo"), (.foundry, "{}"),
      (.foundry, "(2d6)kl1"), (.foundry, "{1d6,2}x"),
    ] as [(DiceDialect, String)])
  func `what a dialect does not have it refuses`(dialect: DiceDialect, text: String) {
    #expect(throws: DiceError.self) { try DiceExpression(parsing: text, dialect: dialect) }
  }

  @Test func `rerolls and explosions end with the dice that are allowed`() throws {
    let dice = try DiceExpression(parsing: "1d2rr1 + 1d2x2", limits: DiceLimits(dice: 100))
    #expect(dice.diceMax == 100)
    var ones = TapeDraws(faces: Array(repeating: 1, count: 200))
    let error = #expect(throws: DiceError.self) { try dice.bind().roll(using: &ones) }
    #expect(error?.kind == .limit && error?.position == 0)
  }

  @Test func `every face and change of a die is in the tree`() throws {
    let result = try roll("2d6ro1min3x6", .native, [1, 6, 2, 4])
    guard case .dice("2d6ro1min3x6", 6, let dice, []) = result.root.kind else { return #expect(Bool(false)) }
    #expect(dice.map(\.faces) == [[1, 2], [6], [4]])
    #expect(dice.map(\.draws) == [[0, 2], [1], [3]])
    #expect(dice.map(\.value) == [3, 6, 4])
    #expect(dice.map(\.exploded) == [nil, "x6", nil])
    #expect(
      dice[0].changes == [
        RolledDie.Change(by: "ro1", value: 2, draw: 2), RolledDie.Change(by: "min3", value: 3, draw: nil),
      ])
  }
}

private func * (text: String, count: Int) -> String { String(repeating: text, count: count) }
