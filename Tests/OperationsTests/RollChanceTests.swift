import Foundation
import Operations
import Storage
import StrictJSON
import TestKit
import Testing

@Suite("How rare a roll is")
struct RollChanceTests {
  private func display(of input: JSON) async throws -> (total: Int64, display: JSON) {
    let arbiter = try await TestWorkspace()
    let performed = try await arbiter.perform("roll_dice", input)
    let row = try await arbiter.read("show_journal_row", ["number": .integer(performed.row.number)])
    return (try #require(performed.output["total"]?.int64), try #require(row["display"]))
  }

  /// Of a d20 each face has 5 %, so a total of n has n × 5 % at or below it.
  @Test func `a roll's display says the share of totals like it`() async throws {
    let (total, display) = try await display(of: ["notation": "1d20"])
    let (top, bottom) = ((21 - total) * 5, total * 5)
    #expect(display["chance"] == .string(top <= bottom ? "top \(top) %" : "bottom \(bottom) %"))
    #expect(display["message"] == .string("1d20 = \(total)"))
  }

  @Test func `formulas and dialects are what was rolled`() async throws {
    let (total, display) = try await display(
      of: ["notation": "{sides}d%k10", "dialect": "native", "variables": ["sides": 1]])
    let (top, bottom) = (101 - total, total)
    #expect(display["chance"] == .string(top <= bottom ? "top \(top) %" : "bottom \(bottom) %"))
  }

  @Test(arguments: ["5", "3d1", "0d6 + 2"])
  func `what has one total is not rare`(notation: String) async throws {
    let (_, display) = try await display(of: ["notation": .string(notation)])
    #expect(display["chance"] == nil)
  }

  @Test func `a roll whose odds take long has none, and is made`() async throws {
    let (total, display) = try await display(of: ["notation": "1d1000000"])
    #expect(total >= 1 && display["chance"] == nil && display["compact"] == .string("\(total)"))
  }

  @Test func `a display from before there were chances is read, and is written without one`() throws {
    let old = #"{"icon":"dice","message":"8d6 = 31","compact":"31"}"#
    let display = try JSON(parsing: old).decode(OperationDisplay.self)
    #expect(display == OperationDisplay(.dice, "8d6 = 31", compact: "31"))
    #expect(display.chance == nil && display.line == "8d6 = 31")
    #expect(try JSON(encoding: display).members?.map(\.key).sorted() == ["compact", "icon", "message"])
    let new = OperationDisplay(.dice, "8d6 = 31", compact: "31", chance: "top 31 %")
    #expect(new.line == "8d6 = 31: top 31 %")
    #expect(try JSON(encoding: new).decode(OperationDisplay.self) == new)
  }
}
