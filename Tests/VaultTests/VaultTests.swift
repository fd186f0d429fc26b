import Foundation
import Storage
import StrictJSON
import TestKit
import Testing
import Vault
import Vocabulary

@Suite("The vault")
struct VaultTests {
  private let random = SeededRandom(seed: 5)
  private let workspace = WorkspaceID(UniqueID(high: 1, low: 2))

  private func ring(_ byte: UInt8 = 1) -> KeyRing {
    KeyRing(primary: VaultKey(testing: [UInt8](repeating: byte, count: 32)), random: random)
  }

  private func place(_ row: String = "1", table: SchemaName = "seeds") -> SealedPlace {
    SealedPlace(table: table, column: "secret", workspace: workspace, row: Array(row.utf8))
  }

  @Test(arguments: [0, 1, 31, 32, 1000]) func `what was sealed opens again`(count: Int) throws {
    let secret = random.bytes(count)
    let sealed = try ring().seal(secret, for: place())
    #expect(sealed.count == count + 52)
    #expect(try ring().open(sealed, for: place()) == secret)
  }

  @Test func `the same secret is never sealed to the same bytes`() throws {
    #expect(try ring().seal([1, 2, 3], for: place()) != ring().seal([1, 2, 3], for: place()))
  }

  @Test func `no single changed bit, and no cut, opens`() throws {
    let sealed = try ring().seal([1, 2, 3], for: place())
    for bit in 0..<(sealed.count * 8) {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: VaultError.self) { try ring().open(changed, for: place()) }
    }
    for count in 0..<sealed.count {
      #expect(throws: VaultError.self) { try ring().open(Array(sealed.prefix(count)), for: place()) }
    }
  }

  @Test func `a value moved to another row, table or workspace does not open`() throws {
    let sealed = try ring().seal([1, 2, 3], for: place())
    let elsewhere = SealedPlace(
      table: "seeds", column: "secret", workspace: WorkspaceID(UniqueID(high: 1, low: 3)), row: Array("1".utf8))
    for other in [place("2"), place(table: "rolls"), elsewhere] {
      #expect(throws: VaultError.self) { try ring().open(sealed, for: other) }
    }
  }

  @Test func `a value longer and deeper than a request may be is read again, sealed or in clear`() throws {
    let deep = (0..<200).reduce(JSON.string(String(repeating: "a", count: 2 << 20))) { inner, _ in [inner] }
    for sealed in [try Sealed.plain(deep), try Sealed.sealed(deep, by: ring(), for: place())] {
      #expect(try sealed.open(with: ring(), at: place()) == deep)
    }
  }

  @Test func `another key does not open, and is named as unknown`() throws {
    let sealed = try ring(1).seal([1, 2, 3], for: place())
    let error = #expect(throws: VaultError.self) { try ring(2).open(sealed, for: place()) }
    #expect(error?.kind == .unknownKey)
  }

  // MARK: The key file

  private func withFolder<T>(_ body: (DataFolder) throws -> T) throws -> T {
    let path = FileManager.default.temporaryDirectory.appending(path: "arbiter-vault-\(UUID())").path
    let folder = DataFolder(path: path)
    try folder.make()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(folder)
  }

  @Test func `the key file is made once, private, and read again`() throws {
    try withFolder { folder in
      let first = try KeyFile.open(in: folder, random: random)
      let mode = try FileManager.default.attributesOfItem(atPath: folder.vaultKeys)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let sealed = try first.seal([7], for: place())
      #expect(try KeyFile.open(in: folder, random: random).open(sealed, for: place()) == [7])
    }
  }

  @Test func `a key file that others may read is refused`() throws {
    try withFolder { folder in
      _ = try KeyFile.open(in: folder, random: random)
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.vaultKeys)
      let error = #expect(throws: VaultError.self) { try KeyFile.open(in: folder, random: random) }
      #expect(error?.message.contains("chmod 600") == true)
    }
  }

  @Test func `a database without its key file is not given a new key`() throws {
    try withFolder { folder in
      #expect(FileManager.default.createFile(atPath: folder.database, contents: Data([1])))
      let error = #expect(throws: VaultError.self) { try KeyFile.open(in: folder, random: random) }
      #expect(error?.kind == .keyFile)
      #expect(!FileManager.default.fileExists(atPath: folder.vaultKeys))
    }
  }

  @Test(arguments: [
    "", "{}", "not json", #"{"version":2,"primary":"","keys":[]}"#, #"{"version":1,"primary":"aa","keys":[]}"#,
  ])
  func `a file that is no key file is refused without quoting it`(text: String) throws {
    try withFolder { folder in
      try PrivateFile.write(Array(text.utf8), to: folder.vaultKeys)
      let error = #expect(throws: VaultError.self) { try KeyFile.open(in: folder, random: random) }
      #expect(error?.kind == .keyFile)
      #expect(text.count < 5 || error?.message.contains(text) == false)
    }
  }
}
