import Testing
import Vocabulary

@testable import StoragePostgres

@Suite struct WorkQueueTests {
  private let a = WorkspaceID(UniqueID(high: 0, low: 1))
  private let b = WorkspaceID(UniqueID(high: 0, low: 2))

  private func makeQueue(slots: Int = 3, waitingMax: Int = 100) -> SharedQueue {
    SharedQueue(WorkQueue(slotCount: slots, waitingMax: waitingMax))
  }

  @Test func `bodies start in the order they came`() {
    let queue = makeQueue(slots: 4)
    let kinds: [WorkQueue<Int>.Kind] = [.read, .write(a), .read, .write(b)]
    for (work, kind) in kinds.enumerated() { #expect(queue.submit(kind, work)) }
    #expect((0..<4).map { _ in queue.next()?.work } == [0, 1, 2, 3])
    #expect(queue.next() == nil)
  }

  @Test func `a workspace has one writer at a time, others go on`() {
    let queue = makeQueue()
    for (work, workspace) in [a, a, b].enumerated() { #expect(queue.submit(.write(workspace), work)) }
    let first = queue.next()
    #expect(first?.work == 0)
    #expect(queue.next()?.work == 2)
    #expect(queue.next() == nil)
    queue.finished(.write(a), on: first?.slot ?? -1)
    #expect(queue.next()?.work == 1)
  }

  @Test func `a writer that comes while its workspace writes waits its turn`() {
    let queue = makeQueue()
    #expect(queue.submit(.write(a), 0))
    let first = queue.next()
    #expect(queue.submit(.write(a), 1))
    #expect(queue.next() == nil)
    queue.finished(.write(a), on: first?.slot ?? -1)
    #expect(queue.next()?.work == 1)
  }

  @Test func `reads leave one slot to writes`() {
    let queue = makeQueue(slots: 3)
    for work in 0..<3 { #expect(queue.submit(.read, work)) }
    #expect([queue.next()?.work, queue.next()?.work, queue.next()?.work] == [0, 1, nil])
    #expect(queue.submit(.write(a), 9))
    #expect(queue.next()?.work == 9)
  }

  @Test func `a pool of one serves reads and writes`() {
    let queue = makeQueue(slots: 1)
    #expect(queue.submit(.read, 0))
    #expect(queue.submit(.write(a), 1))
    let read = queue.next()
    #expect(read?.work == 0)
    #expect(queue.next() == nil)
    queue.finished(.read, on: read?.slot ?? -1)
    #expect(queue.next()?.work == 1)
  }

  @Test func `one more than may wait is refused, one that can start is not`() {
    let queue = makeQueue(slots: 1, waitingMax: 0)
    #expect(queue.submit(.write(a), 0))
    #expect(!queue.submit(.write(a), 1))
    let first = queue.next()
    #expect(!queue.submit(.write(a), 1))
    queue.finished(.write(a), on: first?.slot ?? -1)
    #expect(queue.submit(.write(a), 2))
  }

  @Test func `any mix of bodies runs each once, in order within its workspace, and ends idle`() {
    var generator = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0 ... .max, using: &generator)
    var random = SplitMix64(state: seed)
    for _ in 0..<200 {
      let queue = makeQueue(slots: Int.random(in: 1...4, using: &random), waitingMax: 40)
      let workspaces = (0..<3).map { WorkspaceID(UniqueID(high: 1, low: $0)) }
      var running: [WorkQueue<Int>.Start] = []
      var accepted: Set<Int> = []
      var started: [Int] = []
      var lastOf: [WorkspaceID: Int] = [:]
      for work in 0..<100 {
        let kind: WorkQueue<Int>.Kind =
          Bool.random(using: &random) ? .read : .write(workspaces[Int.random(in: 0..<3, using: &random)])
        if queue.submit(kind, work) { accepted.insert(work) }
        while let start = queue.next() {
          if case .write(let workspace) = start.kind {
            #expect(lastOf[workspace] ?? -1 < start.work, "seed \(seed)")
            #expect(!running.contains { $0.kind == start.kind }, "seed \(seed)")
            lastOf[workspace] = start.work
          }
          #expect(!running.contains { $0.slot == start.slot }, "seed \(seed)")
          running.append(start)
          started.append(start.work)
        }
        #expect(running.count <= queue.state.slotCount, "seed \(seed)")
        while !running.isEmpty, work == 99 || Bool.random(using: &random) {
          let ended = running.remove(at: Int.random(in: 0..<running.count, using: &random))
          queue.finished(ended.kind, on: ended.slot)
          while work == 99, let start = queue.next() {
            running.append(start)
            started.append(start.work)
          }
        }
      }
      #expect(started.count == accepted.count && Set(started) == accepted, "seed \(seed)")
      #expect(queue.state.isIdle, "seed \(seed)")
    }
  }

  @Test func `first in is first out across thousands`() {
    var fifo = FIFO<Int>()
    var popped: [Int] = []
    for element in 0..<5000 {
      fifo.append(element)
      if element.isMultiple(of: 3), let first = fifo.popFirst() { popped.append(first) }
    }
    while let first = fifo.popFirst() { popped.append(first) }
    #expect(popped == Array(0..<5000))
    #expect(fifo.first == nil)
  }
}

/// The queue behind a reference: an expectation does not take a verb that changes a value.
private final class SharedQueue {
  var state: WorkQueue<Int>
  init(_ state: WorkQueue<Int>) { self.state = state }
  func submit(_ kind: WorkQueue<Int>.Kind, _ work: Int) -> Bool { state.submit(kind, work) }
  func next() -> WorkQueue<Int>.Start? { state.next() }
  func finished(_ kind: WorkQueue<Int>.Kind, on slot: Int) { state.finished(kind, on: slot) }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
