import Storage
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Events

@Suite("What is kept in memory of the state")
struct StateCacheTests {
  /// A cache of the part `models`, which is told what transactions of a real database change.
  private struct Rig {
    let world: TestWorkspace
    let watch = StateWatch()
    let cache: StateCache<Int>
    let loads = Loads()

    init(workspacesMax: Int = 64) async throws {
      world = try await TestWorkspace()
      cache = StateCache(of: "models", told: watch, workspacesMax: workspacesMax)
    }

    /// How often it was made so far.
    func value(in workspace: WorkspaceID? = nil, _ meanwhile: () async throws -> Void = {}) async throws -> Int {
      try await cache.value(in: workspace ?? world.workspace) {
        let number = loads.next()
        try await meanwhile()
        return number
      }
    }

    func change(_ parts: Set<String>, in workspace: WorkspaceID? = nil, isUndone: Bool = false) async throws {
      try await world.database.write("test.change", in: workspace ?? world.workspace) { [watch] transaction in
        watch.changed(parts, in: transaction)
        if isUndone { throw Undone() }
      }
    }
  }

  private final class Loads: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  private struct Undone: Error {}

  @Test func `a value is made once and again after a commit that changes its part of the state`() async throws {
    let rig = try await Rig()
    #expect(try await [rig.value(), rig.value()] == [1, 1])
    try await rig.change(["models"])
    #expect(try await [rig.value(), rig.value()] == [2, 2])
  }

  @Test func `another part, another workspace and a transaction that is rolled back change nothing`() async throws {
    let rig = try await Rig()
    _ = try await rig.value()
    try await rig.change(["gateway", "budgets"])
    try await rig.change(["models"], in: WorkspaceID(UniqueID(high: 1, low: 1)))
    await #expect(throws: Undone.self) { try await rig.change(["models"], isUndone: true) }
    #expect(try await rig.value() == 1)
  }

  @Test func `a value that was being made when its part changed is not kept`() async throws {
    let rig = try await Rig()
    #expect(try await rig.value { try await rig.change(["models"]) } == 1)
    #expect(try await rig.value() == 2)
  }

  @Test func `nothing is kept of a load that fails`() async throws {
    let rig = try await Rig()
    await #expect(throws: Undone.self) { try await rig.value { throw Undone() } }
    #expect(try await rig.value() == 2)
  }

  @Test func `values of many workspaces are forgotten at the bound`() async throws {
    let rig = try await Rig(workspacesMax: 2)
    let workspaces = (1...3).map { WorkspaceID(UniqueID(high: 0, low: $0)) }
    for workspace in workspaces { _ = try await rig.value(in: workspace) }
    #expect(try await rig.value(in: workspaces[2]) == 3)
    #expect(try await rig.value(in: workspaces[0]) == 4)
  }
}
