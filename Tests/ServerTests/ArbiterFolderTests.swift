import Foundation
import Logging
import Operations
import Server
import Storage
import StorageSQLite
import StrictJSON
import Testing
import Vault
import Vocabulary

@Suite("Opening a data folder")
struct ArbiterFolderTests {
  private let roll = OperationCall(operation: "roll_dice", input: ["notation": "8d6"])

  @Test func `a new folder is founded once, and what was done is there the next time`() async throws {
    let folder = try TemporaryFolder()
    let first = try await folder.open()
    let workspace = first.owner.workspace
    let performed = try await first.perform(roll, key: nil)
    await first.close()
    let second = try await folder.open()
    #expect(second.owner.workspace == workspace)
    #expect(try await second.journalHead().number == 3)
    #expect(
      try await second.read(OperationCall(operation: "list_rolls", input: [:]))["items"]?[0]?["id"]
        == performed.output["id"])
    await second.close()
  }

  @Test func `a folder that is in use is refused, naming who uses it`() async throws {
    let folder = try TemporaryFolder()
    let first = try await folder.open()
    let error = await #expect(throws: StorageError.self) { try await folder.open() }
    #expect(error?.kind == .locked)
    #expect(error?.message.contains("process \(ProcessInfo.processInfo.processIdentifier) (test") == true)
    await first.close()
    await (try folder.open()).close()
  }

  @Test func `a folder in use can be looked at`() async throws {
    let folder = try TemporaryFolder()
    let server = try await folder.open()
    _ = try await server.perform(roll, key: nil)
    let reader = try await ArbiterFolder.openForReading(folder.data, logger: server.logger)
    #expect(try await reader.verifyJournal(expecting: nil) { _, _ in }.rows == 3)
    #expect(try await reader.rebuild(reexecuting: true) { _, _ in }.isEqual)
    await #expect(throws: StorageError.self) { try await reader.perform(roll, key: nil) }
    await reader.close()
    await server.close()
  }

  @Test func `a folder without data is not made by looking`() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "arbiter-none-\(UUID())").path
    await #expect(throws: StorageError.self) {
      try await ArbiterFolder.openForReading(DataFolder(path: path), logger: .init(label: "test"))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a database file that is none is refused in words, and left as it is`() async throws {
    let folder = try TemporaryFolder()
    await (try folder.open()).close()
    let rubbish = Data("This is not a database. ".utf8) + Data(repeating: 7, count: 8192)
    try rubbish.write(to: URL(filePath: folder.data.database))
    let error = await #expect(throws: StorageError.self) { try await folder.open() }
    #expect(error?.kind == .damaged)
    #expect(try Data(contentsOf: URL(filePath: folder.data.database)) == rubbish)
  }

  @Test func `a database of a newer Arbiter is refused before anything is written`() async throws {
    let folder = try TemporaryFolder()
    let arbiter = try await folder.open()
    try await arbiter.database.migrate(
      ArbiterFolder.migrations + [Migration(module: "later", number: 1, name: "from the future", statements: [])])
    await arbiter.close()
    let error = await #expect(throws: StorageError.self) { try await folder.open() }
    #expect(error?.kind == .newerSchema)
    #expect(error?.message.contains("from the future") == true)
  }

  @Test func `a folder whose key file is gone is refused`() async throws {
    let folder = try TemporaryFolder()
    await (try folder.open()).close()
    try FileManager.default.removeItem(atPath: folder.data.vaultKeys)
    let error = await #expect(throws: VaultError.self) { try await folder.open() }
    #expect(error?.kind == .keyFile)
  }

  @Test func `a path that is a file is refused in words`() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.data.path)/file"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let error = #expect(throws: StorageError.self) { try DataFolder(path: path).make() }
    #expect(error?.kind == .noAccess)
    #expect(error?.message.contains(path) == true)
  }

  @Test func `every operation is listed without opening anything`() throws {
    let names = try ArbiterFolder.operations().map(\.name)
    #expect(names.contains("roll_dice"))
    #expect(names.contains("undo"))
    #expect(names == names.sorted())
  }

  @Test func `every operation says what each field of its input means, and its example is accepted`() throws {
    for operation in try ArbiterFolder.operations() {
      #expect(operation.input.undescribed().isEmpty, "\(operation.name): \(operation.input.undescribed())")
      #expect(operation.input.validate(operation.example).isEmpty, "\(operation.name)")
      #expect(operation.summary.hasSuffix("."), "\(operation.name)")
    }
  }
}
