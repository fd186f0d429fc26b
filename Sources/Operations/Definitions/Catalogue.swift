import Storage
import StrictJSON

/// Every operation of this program, by name.
package struct Catalogue: Sendable {
  package let changes: [String: any AnyOperation]
  package let reads: [String: AnyRead]
  package let stateTables: [StateTable]
  package let routes: [RouteDescription]

  /// - Throws: ``OperationError`` `.internalMistake` when two share a name, a schema cannot be made, or a route leads
  ///   nowhere. The program does not start then.
  package init(_ sets: [OperationSet]) throws {
    try self.init(sets.definitions.map { try $0.erased() }, of: sets)
  }

  /// As ``init(_:)``, on every core: making the schemas is most of what a start computes.
  package static func compose(_ sets: [OperationSet]) async throws -> Catalogue {
    let erased = try await withThrowingTaskGroup(of: Erased.self) { group in
      for definition in sets.definitions { group.addTask { try definition.erased() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    return try Catalogue(erased, of: sets)
  }

  private init(_ erased: [Erased], of sets: [OperationSet]) throws {
    var changes: [String: any AnyOperation] = [:]
    var reads: [String: AnyRead] = [:]
    for operation in erased {
      switch operation {
      case .change(let change): try Self.add(change, named: change.facts.name, to: &changes)
      case .read(let read): try Self.add(read, named: read.facts.name, to: &reads)
      }
    }
    // Undo is one more operation; it alone knows the catalogue, whose changes it applies.
    let undo = try UndoOperation(permissions: changes.mapValues(\.facts.permission))
    try Self.add(undo, named: undo.facts.name, to: &changes)
    if let twice = Set(changes.keys).intersection(reads.keys).first { throw Self.mistake("“\(twice)” is two things") }
    let routes = sets.flatMap(\.routes)
    for route in routes where changes[route.operation] == nil && reads[route.operation] == nil {
      throw Self.mistake("the route \(route.path) leads to “\(route.operation)”, which is no operation")
    }
    self.changes = changes
    self.reads = reads
    self.routes = routes
    stateTables = (sets.flatMap(\.stateTables) + Seeds.stateTables + [UndoneRows.stateTable])
      .sorted { $0.name.description < $1.name.description }
  }

  /// What every operation says of itself, by name.
  package var facts: [OperationFacts] {
    (changes.values.map(\.facts) + reads.values.map(\.facts)).sorted { $0.name < $1.name }
  }

  package func change(named name: String) throws(OperationError) -> any AnyOperation {
    guard let operation = changes[name] else { throw unknown(name, among: Array(changes.keys)) }
    return operation
  }

  /// The operation that a recorded change belongs to.
  func owner(of change: RecordedChange) throws(OperationError) -> any AnyOperation {
    try self.change(named: change.operation)
  }

  /// What takes `changes` back, in the order to apply it; nil when one of them cannot be.
  func inverse(of changes: [RecordedChange]) throws -> [RecordedChange]? {
    var inverse: [RecordedChange] = []
    for change in changes.reversed() {
      guard let back = try owner(of: change).inverse(of: change) else { return nil }
      inverse.append(back)
    }
    return inverse.isEmpty ? nil : inverse
  }

  package func read(named name: String) throws(OperationError) -> AnyRead {
    guard let read = reads[name] else { throw unknown(name, among: Array(reads.keys)) }
    return read
  }

  private func unknown(_ name: String, among known: [String]) -> OperationError {
    OperationError(
      .unknownOperation,
      "There is no operation “\(name.prefix(80))”. There are: \(known.sorted().joined(separator: ", ")).")
  }

  private static func add<Value>(_ value: Value, named name: String, to values: inout [String: Value]) throws {
    guard values.updateValue(value, forKey: name) == nil else { throw mistake("“\(name)” is there twice") }
  }

  private static func mistake(_ what: String) -> OperationError {
    OperationError(.internalMistake, "The catalogue does not hold together: \(what).")
  }
}

/// A definition of either kind.
private enum Definition: Sendable {
  case change(any OperationDefinition)
  case read(any ReadDefinition)

  func erased() throws -> Erased {
    switch self {
    case .change(let definition): .change(try Self.erase(definition))
    case .read(let definition): .read(try Self.erase(definition))
    }
  }

  private static func erase(_ definition: some OperationDefinition) throws -> any AnyOperation {
    try ErasedOperation(definition)
  }

  private static func erase(_ definition: some ReadDefinition) throws -> AnyRead { try AnyRead(definition) }
}

private enum Erased: Sendable {
  case change(any AnyOperation)
  case read(AnyRead)
}

extension [OperationSet] {
  fileprivate var definitions: [Definition] {
    flatMap { set in set.changes.map(Definition.change) + set.reads.map(Definition.read) }
  }
}
