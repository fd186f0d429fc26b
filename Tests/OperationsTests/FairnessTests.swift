import Dice
import Operations
import Testing
import Vocabulary

/// The vectors of `docs/formats/fairness.md`, which a program computed that shares nothing with ours.
@Suite("Fair dice")
struct FairnessTests {
  private let secret = (0..<32).map { UInt8($0) }
  private let workspace = WorkspaceID("01970000-0000-7000-8000-000000000001")

  @Test(
    arguments: [
      (1, "e755b76a2ae518674ac59401e1132a2f9bc9a050aa5ab64058f85f8ab7a52c22"),
      (2, "f9860a765f6d28bbd31cbe9c77f357282e78a933eb874db035df9dd9ba93f79b"),
    ] as [(Int64, String)])
  func `a commitment is of the secret, the workspace and the seed's number`(seed: Int64, wanted: String) throws {
    let commitment = Fairness.commitment(to: secret, workspace: try #require(workspace), seed: seed)
    #expect(commitment.hexadecimal == wanted)
  }

  private static let contributions = ["the heron stands in cold water", "Zwölf große Würfel 🎲"]

  private func key(after contributions: Int) -> [UInt8] {
    let entropy = Self.contributions.prefix(contributions).reduce(Fairness.noEntropy) {
      Fairness.entropy($0, adding: $1)
    }
    return Fairness.key(secret: secret, entropy: entropy)
  }

  @Test(arguments: [
    (0, "a654cd1d9c9d5576a9d30e45aeab9bfd8c0acf5282f4f8a748ee7117ec1ce2d1"),
    (1, "d6373de7fc473c4b44ec72b0079650ae1aff1be90fa0af7d16940e28f11f6357"),
    (2, "2541888fcfbf9a5557904bf2c40f2770b84b2fd4ee869d115bede539f8a062de"),
  ])
  func `each contribution changes the key of what follows`(contributions: Int, wanted: String) {
    #expect(key(after: contributions).hexadecimal == wanted)
  }

  @Test(
    arguments: [
      (0, 0, [6, 6, 20], [1, 3, 18]), (0, 1, [6, 6, 6, 6], [3, 1, 6, 2]), (1, 2, [6, 6, 20], [4, 1, 15]),
      (1, 3, [6, 6, 6, 6, 6, 6, 6, 6], [1, 5, 3, 4, 3, 3, 5, 2]), (2, 2, [6, 6, 20], [2, 2, 8]),
      (2, 3, [6, 6, 6, 6, 6, 6, 6, 6], [4, 5, 5, 3, 1, 4, 1, 1]),
    ] as [(Int, UInt64, [UInt32], [UInt32])])
  func `a roll can be computed from the revealed secret`(
    contributions: Int, roll: UInt64, sides: [UInt32], faces: [UInt32]
  ) throws {
    var stream = ChaChaStream(key: try ChaChaKey(bytes: key(after: contributions)), stream: 0, roll: roll)
    #expect(try sides.map { try stream.draw(sides: $0) } == faces)
  }
}
