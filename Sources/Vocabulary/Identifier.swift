/// A ``UniqueID`` that knows what it names, so that a roll's id cannot be handed in where a person's is wanted.
package struct Identifier<Subject>: Hashable, Sendable {
  package let raw: UniqueID

  package init(_ raw: UniqueID) { self.raw = raw }

  /// Reads the text form; nil when it is not an id.
  package init?(_ text: some StringProtocol) {
    guard let raw = UniqueID(text) else { return nil }
    self.raw = raw
  }
}

extension Identifier: Comparable {
  package static func < (a: Self, b: Self) -> Bool { a.raw < b.raw }
}

extension Identifier: CustomStringConvertible {
  package var description: String { raw.description }
}

extension Identifier: Codable {
  package init(from decoder: any Decoder) throws { raw = try UniqueID(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try raw.encode(to: encoder) }
}

/// What identifiers of the lower floors name. Features add their own subjects beside their records.
package enum Named {
  package enum Workspace {}
  package enum Person {}
  package enum JournalRow {}
  package enum Session {}
}

/// Names a workspace: the tenant that every row, key and event belongs to.
package typealias WorkspaceID = Identifier<Named.Workspace>
/// Names a person within a workspace.
package typealias PersonID = Identifier<Named.Person>
/// Names a row of the journal for the outside; inside a workspace rows are numbered.
package typealias JournalRowID = Identifier<Named.JournalRow>
/// Names a browser's session. It is not the session's secret.
package typealias SessionID = Identifier<Named.Session>
