import Foundation
import HTTPTypes
import HummingbirdCore
import Identity
import Operations
import Storage
import StrictJSON
import Testing
import Vocabulary

@testable import Web

@Suite("The catalogue of problems")
struct ProblemCatalogueTests {
  /// The rows of the table on the page: code, status, seconds, meaning.
  private static let page: [String: [String]] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/formats/problems.md")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.dropFirst(2).dropLast(2).components(separatedBy: " | ")
    }
    // The first table has two columns.
    return Dictionary(
      uniqueKeysWithValues: rows.filter { $0.count == 4 }.map { row in
        (row[0].trimmingCharacters(in: ["`"]), Array(row.dropFirst()))
      })
  }()

  @Test(arguments: ProblemCode.allCases)
  func `the page tells every code as the program does`(code: ProblemCode) throws {
    let row = try #require(Self.page[code.rawValue], "docs/formats/problems.md does not list \(code.rawValue)")
    let seconds = code.facts.retryAfter.map { "\($0) s" } ?? "–"
    #expect(row == ["\(code.status.code)", seconds, "**\(code.title).** \(code.facts.explanation)"])
  }

  @Test func `the page tells no code that is not there`() {
    #expect(Set(Self.page.keys) == Set(ProblemCode.allCases.map(\.rawValue)))
  }

  @Test func `titles are told apart`() {
    #expect(Set(ProblemCode.allCases.map(\.title)).count == ProblemCode.allCases.count)
  }

  @Test(arguments: OperationError.Code.allCases)
  func `an operation's error keeps its name`(code: OperationError.Code) {
    #expect(ProblemCode(code).rawValue == code.rawValue)
  }

  @Test(arguments: IdentityError.Kind.allCases)
  func `not being let in keeps its name and is 401`(kind: IdentityError.Kind) {
    #expect(ProblemCode(kind).rawValue == kind.rawValue)
    #expect(ProblemCode(kind).status == .unauthorized)
  }

  @Test(arguments: StorageError.Kind.allCases)
  func `trouble of the database is never the caller's fault`(kind: StorageError.Kind) {
    #expect(ProblemCode(kind).status.code >= 500)
    #expect(ProblemCode(kind).isRetryable == StorageError(kind, "").isRetryable)
  }

  @Test(arguments: [StorageError.Kind.statement, .decoding, .constraint, .damaged, .noAccess, .locked])
  func `our own mistakes and the folder's state are not told in their own words`(kind: StorageError.Kind) {
    let problem = Problem(StorageError(kind, "near “SELECT” in /home/ines/data", underlying: "SQLITE_ERROR"))
    #expect(problem.code.status == .internalServerError)
    #expect(problem.detail == problem.code.facts.explanation)
  }

  @Test func `an unknown error tells nothing of itself`() {
    struct Odd: Error, CustomStringConvertible { let description = "a secret" }
    let problem = Problem(Odd())
    #expect(problem.code == .internalMistake)
    #expect(!problem.detail.contains("secret"))
  }

  @Test func `a document has the members of RFC 9457 and ours`() throws {
    let id = UniqueID(high: 1, low: 2)
    let problem = Problem(
      .invalidInput, "It does not fit.",
      errors: [FieldError(pointer: "/a", code: "missing", message: "“a” is missing.", allowed: ["a"])])
    let expected: JSON = [
      "type": "/problems/invalid_input", "title": "The input cannot be used", "status": 422, "code": "invalid_input",
      "detail": "It does not fit.", "instance": "/api/v1/rolls", "retryable": false, "requestId": .string("\(id)"),
      "errors": [["pointer": "/a", "code": "missing", "message": "“a” is missing.", "allowed": ["a"]]],
    ]
    #expect(problem.document(requestID: id, instance: "/api/v1/rolls") == expected)
  }

  @Test func `a retryable problem says when`() {
    let response = Problem(.storageFull, "No room.").response(requestID: UniqueID(high: 0, low: 0), instance: nil)
    #expect(response.headers[.retryAfter] == "30")
  }

  @Test func `no more errors are listed than anybody reads`() {
    let errors = (0..<500).map { FieldError(pointer: "/\($0)", code: "missing", message: "") }
    let document = Problem(.invalidInput, "", errors: errors).document(
      requestID: UniqueID(high: 0, low: 0), instance: nil)
    #expect(document["errors"]?.items?.count == Problem.errorsMax)
  }
}
