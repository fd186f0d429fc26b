import StrictJSON

/// A model that a route asks, as it is written for a command: `Mine/large`, `Mine` or `built-in`.
enum RouteEntry {
  private static let builtIn = "built-in"

  /// What a text may mean.
  private struct Meaning {
    let connection, model: String
    /// Characters of the connection's name.
    let length: Int
  }

  /// An entry of `set_route`.
  ///
  /// - Parameter text: a connection, by its name or its id, alone for the model that was chosen there last, or with a slash
  ///   and one of its models; or `built-in`.
  /// - Throws: ``TerminalError`` of usage that lists what there is.
  static func entry(_ text: String, among connections: [ConnectedModels.Connection]) throws -> JSON {
    if text == builtIn { return ["model": .string(builtIn)] }
    let meanings = connections.flatMap { connection in
      [connection.id, connection.name].compactMap { meaning(of: text, as: connection, called: $0) }
    }
    // One connection's name may be the beginning of another's: the longest that fits is meant.
    let longest = meanings.map(\.length).max()
    let meant = meanings.filter { $0.length == longest }
    guard meant.count == 1 else {
      let known = (connections.map { "“\($0.name)” (\($0.id))" } + [builtIn]).joined(separator: ", ")
      throw TerminalError.usage(
        meant.isEmpty
          ? "“\(text.prefix(100))” is no connection, and none with a slash and a model. There are: \(known)."
          : "“\(text.prefix(100))” is said of \(meant.count) connections; give an id: \(known).")
    }
    return ["connection": .string(meant[0].connection), "model": .string(meant[0].model)]
  }

  private static func meaning(
    of text: String, as connection: ConnectedModels.Connection, called name: String
  ) -> Meaning? {
    if text == name { return Meaning(connection: connection.id, model: connection.model, length: name.count) }
    guard text.hasPrefix("\(name)/"), text.count > name.count + 1 else { return nil }
    return Meaning(connection: connection.id, model: String(text.dropFirst(name.count + 1)), length: name.count)
  }
}
