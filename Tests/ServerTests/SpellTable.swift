import Foundation
import Logging
import Operations
import Server
import StrictJSON
import Vocabulary

/// A new data folder with the campaign of `Examples/spells`, whose dice come from a seed that the test names.
struct SpellTable {
  static let subject = "campaigns/tidewater"
  private static let files = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/spells")

  let folder: ArbiterFolder
  private let temporary: TemporaryFolder

  static func document(_ name: String) throws -> JSON {
    try JSON(parsing: [UInt8](Data(contentsOf: files.appending(path: name))))
  }

  init(seed: String) async throws {
    temporary = try TemporaryFolder()
    let random = try StatedRandom(secret: seed)
    folder = try await ArbiterFolder.open(
      temporary.data, as: "test", settings: ServerSettings(),
      surroundings: Surroundings(clock: SteadyClock(), random: random),
      logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() })
    let campaign = OperationCall(operation: "import_campaign", input: try Self.document("campaign.json"))
    _ = try await folder.perform(campaign, key: nil)
  }

  /// The campaign as it stands.
  func sheet() async throws -> JSON {
    let answer = try await folder.read(OperationCall(operation: "show_campaign", input: ["id": "tidewater"]))
    return answer["campaign"] ?? .null
  }

  /// The journal's rows as `arbiter journal export` writes them.
  func export() async throws -> [JSON] {
    try await folder.journalEntries(after: 0, limit: 1_000).map { try JSON(encoding: $0) }
  }
}

/// Gives the stated bytes wherever a secret of 32 is made, and others elsewhere, each time new ones.
private final class StatedRandom: RandomSource {
  struct NoSecret: Error {}

  private let secret: [UInt8]
  private let others = CountedBytes()

  init(secret: String) throws {
    guard let bytes = [UInt8](hexadecimal: secret), bytes.count == 32 else { throw NoSecret() }
    self.secret = bytes
  }

  func bytes(_ count: Int) -> [UInt8] { count == secret.count ? secret : others.next(count) }
}
