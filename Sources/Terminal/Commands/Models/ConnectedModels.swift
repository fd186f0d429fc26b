import Operations
import StrictJSON

/// What `list_models` answers, as far as commands need it.
struct ConnectedModels: Sendable {
  struct Connection: Decodable, Sendable {
    let id, name, model, baseURL: String
    let hasKey: Bool
  }

  private struct Contents: Decodable {
    struct Chosen: Decodable {
      let connection: String?
      let provider, model: String
    }
    let chosen: Chosen?
    let connections: [Connection]
  }

  let document: JSON
  let connections: [Connection]
  let chosenConnection: String?
  /// Which model answers.
  let sentence: String

  init(through door: any OperationDoor, in session: TerminalSession) async throws {
    document = try await door.perform(
      OperationCall(operation: "list_models", input: [:]), key: try KeyArgument.key(nil, in: session)
    ).output
    let contents = try document.decode(Contents.self)
    connections = contents.connections
    chosenConnection = contents.chosen?.connection
    sentence =
      contents.chosen.map { PlainText.line("\($0.model) of \($0.provider) answers.") }
      ?? "No model was chosen. `arbiter models check` looks for some on this machine; `arbiter models choose --built-in` "
      + "takes the one that follows rules."
  }

  /// The connection with this id or, where only one has it, this name.
  ///
  /// - Throws: ``TerminalError`` of usage that lists what there is.
  func connection(_ text: String) throws -> Connection {
    if let connection = connections.first(where: { $0.id == text }) { return connection }
    let named = connections.filter { $0.name == text }
    guard named.count == 1 else {
      let known = connections.map { "“\($0.name)” (\($0.id))" }.joined(separator: ", ")
      throw TerminalError.usage(
        named.isEmpty
          ? "There is no connection “\(text.prefix(100))”. There are: \(known.isEmpty ? "none" : known)."
          : "\(named.count) connections are called “\(text.prefix(100))”; give an id: \(known).")
    }
    return named[0]
  }
}
