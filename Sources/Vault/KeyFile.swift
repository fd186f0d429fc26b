import Crypto
package import Storage
import StrictJSON
package import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file that holds the vault's keys: JSON, readable by its owner only.
///
/// ```json
/// { "version": 1, "primary": "6f1c…", "keys": [{ "id": "6f1c…", "secret": "…64 hexadecimal digits…" }] }
/// ```
package enum KeyFile {
  private struct Contents: Codable {
    struct Key: Codable {
      let id: String
      let secret: String
    }
    let version: Int
    let primary: String
    let keys: [Key]
  }

  /// Reads the keys of `folder`, or makes a first key when the folder has no database yet.
  ///
  /// A folder with a database and without its key file is refused: new keys would not open what is sealed in it.
  ///
  /// - Throws: ``VaultError`` of kind `.keyFile` with a sentence; nothing of the file's content is in it.
  package static func open(in folder: DataFolder, random: any RandomSource) throws(VaultError) -> KeyRing {
    let path = folder.vaultKeys
    guard access(path, F_OK) == 0 else {
      guard folder.isNew else {
        throw VaultError(
          .keyFile,
          "The key file \(path) is missing, but there is a database that needs it. Put the file back; without it the "
            + "secrets in the database cannot be opened.")
      }
      return try create(at: path, random: random)
    }
    return try read(path, random: random)
  }

  private static func create(at path: String, random: any RandomSource) throws(VaultError) -> KeyRing {
    let key = VaultKey(id: random.bytes(8), secret: SymmetricKey(data: random.bytes(32)))
    let contents = Contents(
      version: 1, primary: key.id.hexadecimal,
      keys: [.init(id: key.id.hexadecimal, secret: key.secret.withUnsafeBytes { Array($0) }.hexadecimal)])
    do {
      try PrivateFile.write(Array((try JSON(encoding: contents)).prettyText().utf8), to: path)
    } catch {
      throw VaultError(.keyFile, "The key file could not be written: \(error)")
    }
    return KeyRing(primary: key, random: random)
  }

  private static func read(_ path: String, random: any RandomSource) throws(VaultError) -> KeyRing {
    let contents: Contents
    do {
      contents = try JSON(parsing: try PrivateFile.read(path, atMost: 65_536)).decode(Contents.self)
    } catch let error as StorageError {
      throw VaultError(.keyFile, error.message)
    } catch {
      // What a parser says of a key file may quote a secret.
      throw VaultError(.keyFile, "The key file \(path) is not a key file of Arbiter. Restore it from your copy.")
    }
    guard contents.version == 1 else {
      throw VaultError(.keyFile, "The key file \(path) has version \(contents.version); this Arbiter reads version 1.")
    }
    var keys: [VaultKey] = []
    for key in contents.keys {
      guard let id = [UInt8](hexadecimal: key.id), id.count == 8, let secret = [UInt8](hexadecimal: key.secret),
        secret.count == 32
      else { throw VaultError(.keyFile, "The key file \(path) holds a key of the wrong length.") }
      keys.append(VaultKey(id: id, secret: SymmetricKey(data: secret)))
    }
    guard let primary = keys.first(where: { $0.id.hexadecimal == contents.primary.lowercased() }) else {
      throw VaultError(.keyFile, "The key file \(path) names a primary key that it does not hold.")
    }
    return KeyRing(primary: primary, others: keys, random: random)
  }
}
