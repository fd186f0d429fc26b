import Dice
import Events
import Foundation
import Logging
import Operations
import Storage
import StorageSQLite
import StrictJSON
import TestKit
import Testing
import Vault

@testable import Tabletop

/// A workspace with a stranger's campaign: a druid, her brother, and what the marsh holds against them.
struct TestCampaign: Sendable {
  let arbiter: TestWorkspace
  let store: CampaignStore
  let id: String

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Spells")

  static var document: JSON {
    get throws { try JSON(parsing: [UInt8](Data(contentsOf: folder.appending(path: "campaign.json")))) }
  }

  /// - Parameter document: nil imports nothing.
  init(seed: UInt64 = 1, importing document: JSON?) async throws {
    let clock = ManualClock()
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    let random = SeededRandom(seed: 0)
    let ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    let set = Tabletop.operations(events: EventLog(database: scratch, sealer: ring), sealer: ring)
    try await scratch.migrate(TestWorkspace.migrations + set.migrations + TestTurns.tables.migrations)
    arbiter = try await TestWorkspace(founding: scratch, clock: clock, seed: seed, extra: [set, TestTurns.tables])
    store = CampaignStore(sealer: ring)
    id = document?["id"]?.string ?? "none"
    if let document { try await arbiter.perform("import_campaign", document) }
  }

  init(seed: UInt64 = 1) async throws { try await self.init(seed: seed, importing: Self.document) }

  /// Performs in this campaign.
  @discardableResult
  func play(_ operation: String, _ input: JSON) async throws -> Performed {
    try await arbiter.perform(operation, input.in(id))
  }

  func sheet() async throws -> Campaign {
    let campaign = try await arbiter.database.read("test.sheet", in: arbiter.workspace) { [store, id] transaction in
      try store.campaign(id, in: transaction)
    }
    return try #require(campaign)
  }

  func creature(_ name: String) async throws -> Creature {
    let creatures = try await sheet().creatures
    return try #require(creatures.first { "\($0.id)" == name })
  }

  func undo(_ performed: Performed) async throws {
    try await arbiter.perform("undo", ["journal": .integer(performed.row.number)])
  }

  /// The faults that an operation is refused with.
  func faults(_ operation: String, _ input: JSON) async -> [FieldError] {
    let error = await #expect(throws: OperationError.self) { try await play(operation, input) }
    return error?.errors ?? []
  }
}

extension JSON {
  /// With the campaign's id, unless it names one.
  func `in`(_ campaign: String) -> JSON {
    guard case .object(var members) = self else { return self }
    if members["campaign"] == nil { members["campaign"] = .string(campaign) }
    return .object(members)
  }

  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var integer: Int64? {
    guard case .integer(let integer) = self else { return nil }
    return integer
  }

  /// The value at a pointer.
  func at(_ pointer: String) -> JSON? {
    JSONPointer(pointer)?.tokens.reduce(Optional(self)) { value, token in
      guard case .array(let items)? = value else { return value?[token] }
      return Int(token).flatMap { items.indices.contains($0) ? items[$0] : nil }
    }
  }

  /// With another value at a pointer; nil removes a member.
  func with(_ pointer: String, _ value: JSON?) -> JSON {
    guard let tokens = JSONPointer(pointer)?.tokens else { return self }
    return replacing(tokens[...], with: value) ?? .null
  }

  private func replacing(_ tokens: ArraySlice<String>, with value: JSON?) -> JSON? {
    guard let token = tokens.first else { return value }
    switch self {
    case .array(var items):
      guard let index = Int(token) else { return self }
      if index == items.count { items.append(.null) }
      if let new = items[index].replacing(tokens.dropFirst(), with: value) {
        items[index] = new
      } else {
        items.remove(at: index)
      }
      return .array(items)
    case .object(var members):
      members[token] = (members[token] ?? .null).replacing(tokens.dropFirst(), with: value)
      return .object(members)
    default: return value
    }
  }
}
