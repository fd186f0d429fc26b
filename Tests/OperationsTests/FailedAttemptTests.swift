import Operations
import Storage
import StrictJSON
import TestKit
import Testing

@Suite("Attempts that fail after their dice were drawn")
struct FailedAttemptTests {
  /// Divides by a die that shows 1 or 2, less 1: every second attempt fails once the die lies on the table.
  private let risky: JSON = ["notation": "10 // (1d2 - 1)"]

  @Test func `nobody gets the same draw twice by failing, and every attempt is in the journal`() async throws {
    let arbiter = try await TestWorkspace()
    var failed: [Int64] = []
    for _ in 0..<20 {
      do {
        try await arbiter.perform("roll_dice", risky)
      } catch let error as OperationError {
        #expect(error.code == .executionFailed)
        failed.append(try #require(error.attempt))
      }
    }
    #expect((1..<20).contains(failed.count))
    #expect(try await arbiter.read("show_fairness")["current"]?["nextRoll"] == 20)
    var rolls: [Int64?] = []
    for number in 3...22 as ClosedRange<Int64> {
      let entry = try await arbiter.read("show_journal_row", ["number": .integer(number)])
      rolls.append(entry["draws"]?["roll"]?.int64)
      #expect(entry["state"] == (failed.contains(number) ? "failed" : "standing"))
      #expect(entry["draws"]?["faces"]?.items?.count == 1)
    }
    #expect(rolls == Array(0..<20))
    #expect(try await arbiter.count("rolls") == 20 - failed.count)
    #expect(try await arbiter.rebuild(reexecuting: true).isEqual)
  }

  @Test func `asking again with the key of a failed attempt gives the same failure and draws nothing`() async throws {
    let arbiter = try await TestWorkspace()
    var attempt: (key: String, row: Int64)?
    for number in 0..<20 where attempt == nil {
      do {
        try await arbiter.perform("roll_dice", risky, key: "try-\(number)")
      } catch let error as OperationError {
        attempt = ("try-\(number)", try #require(error.attempt))
      }
    }
    let (key, row) = try #require(attempt)
    let drawn = try await arbiter.read("show_fairness")["current"]?["nextRoll"]
    let error = await #expect(throws: OperationError.self) { try await arbiter.perform("roll_dice", risky, key: key) }
    #expect(error?.code == .executionFailed)
    #expect(error?.attempt == row)
    #expect(try await arbiter.read("show_fairness")["current"]?["nextRoll"] == drawn)
  }
}
