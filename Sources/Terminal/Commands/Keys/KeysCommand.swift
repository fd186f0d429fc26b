import ArgumentParser
import Operations
import StrictJSON

/// The group of commands about the keys with which programs outside ask models.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Keys with which other programs ask models, at /v1.",
    subcommands: [ListKeysCommand.self, CreateKeyCommand.self, RevokeKeyCommand.self])
}

/// What `list_gateway_keys` answers, as far as commands need it.
struct ListedKeys: Sendable {
  struct Key: Decodable, Sendable {
    let id, name, hint: String
    let models: [String]
    let createdAt: String
    let expiresAt, revokedAt, lastUsedAt: String?
  }

  private struct Contents: Decodable {
    let items: [Key]
  }

  let document: JSON
  let keys: [Key]

  init(through door: any OperationDoor, in session: TerminalSession) async throws {
    document = try await door.perform(
      OperationCall(operation: "list_gateway_keys", input: [:]), key: try KeyArgument.key(nil, in: session)
    ).output
    keys = try document.decode(Contents.self).items
  }

  /// The key with this id or, where only one that was not revoked has it, this name.
  ///
  /// - Throws: ``TerminalError`` of usage that lists what there is.
  func key(_ text: String) throws -> Key {
    if let key = keys.first(where: { $0.id == text }) { return key }
    let standing = keys.filter { $0.revokedAt == nil }
    let named = standing.filter { $0.name == text }
    guard named.count == 1 else {
      let known = standing.map { "“\($0.name)” (\($0.id))" }.joined(separator: ", ")
      throw TerminalError.usage(
        named.isEmpty
          ? "There is no key “\(text.prefix(100))”. There are: \(known.isEmpty ? "none" : known)."
          : "\(named.count) keys are called “\(text.prefix(100))”; give an id: \(known).")
    }
    return named[0]
  }
}
