import Testing
import Vocabulary

@testable import Inference

@Suite("Entries that wait to be booked")
struct BookQueueTests {
  private let world: LedgerWorld

  init() async throws { world = try await LedgerWorld() }

  private func reservation() throws -> Reservation {
    try Reservation(free: world.attempt(), in: world.workspace)
  }

  @Test func `an attempt that ends while its beginning waits is one entry`() throws {
    var queue = BookQueue()
    let (reservation, other) = (try reservation(), try self.reservation())
    let isDue = [
      queue.add(BookEntry(reservation, booking: world.context())),
      queue.add(BookEntry(other, booking: world.context())),
      queue.add(BookEntry(reservation, outcome: CallOutcome(.finished))),
    ]
    let batch = queue.take()
    #expect(isDue == [true, false, false], "the first sets a time")
    #expect(batch.map(\.reservation) == [reservation, other])
    #expect(batch.map { $0.outcome?.end } == [.finished, nil])
  }

  @Test func `an end is never under way beside its beginning`() throws {
    var queue = BookQueue()
    let reservation = try reservation()
    _ = queue.add(BookEntry(reservation, booking: world.context()))
    queue.cameDue()
    let first = queue.take()
    let isDue = queue.add(BookEntry(reservation, outcome: CallOutcome(.finished)))
    queue.cameDue()
    let meanwhile = queue.take()
    let isDueAgain = queue.wrote()
    let second = queue.take()
    #expect(first == [BookEntry(reservation, booking: world.context())])
    #expect(meanwhile.isEmpty, "one batch at a time")
    #expect(isDue && isDueAgain)
    #expect(second == [BookEntry(reservation, outcome: CallOutcome(.finished))])
  }

  @Test func `what could not be written comes before what came later`() throws {
    var queue = BookQueue()
    let reservation = try reservation()
    _ = queue.add(BookEntry(reservation, booking: world.context()))
    let batch = queue.take()
    _ = queue.add(BookEntry(reservation, outcome: CallOutcome(.cut)))
    _ = queue.wrote(leaving: batch)
    let again = queue.take()
    #expect(again == [BookEntry(reservation, booking: world.context(), outcome: CallOutcome(.cut))])
  }
}
