import Storage
import Testing
import Vocabulary

@Suite struct SQLRowDecoderTests {
  private struct Everything: Decodable, Equatable {
    enum Shade: String, Decodable { case light, dark }
    enum Level: Int, Decodable {
      case low = 1
      case high = 2
    }
    let count: Int64
    let size: Int
    let small: UInt8
    let name: String
    let ratio: Double
    let narrow: Float
    let isOpen: Bool
    let bytes: [UInt8]
    let id: UniqueID
    let personID: PersonID
    let createdAt: Timestamp
    let usedAt: Timestamp?
    let note: String?
    let shade: Shade
    let level: Level?
    let content: Sealed<String>
  }

  private let id = UniqueID(high: 1, low: 2)

  private var everything: [String: SQLValue] {
    [
      "count": .integer(.max), "size": .integer(7), "small": .integer(255), "name": .text("Ada"), "ratio": .real(0.5),
      "narrow": .real(1.5), "is_open": .integer(1), "bytes": .blob([1, 2]), "id": .blob(id.bytes),
      "person_id": .blob(id.bytes), "created_at": .integer(1_000_000), "used_at": .null, "note": .text(""),
      "shade": .text("dark"), "level": .integer(2), "content": .blob([0, 34, 34]),
    ]
  }

  private func row(_ values: [String: SQLValue]) -> SQLRow {
    let pairs = values.sorted { $0.key < $1.key }
    return SQLRow(columns: pairs.map(\.key), values: pairs.map(\.value))
  }

  private func problem(_ change: (inout [String: SQLValue]) -> Void) -> String {
    var values = everything
    change(&values)
    do {
      _ = try SQLRowDecoder.decode(Everything.self, from: row(values))
      return "nothing was thrown"
    } catch let error as StorageError where error.kind == .decoding {
      return error.message
    } catch {
      return "another error: \(error)"
    }
  }

  @Test func `every kind of property is read from its column`() throws {
    let read = try SQLRowDecoder.decode(Everything.self, from: row(everything))
    #expect(
      read
        == Everything(
          count: .max, size: 7, small: 255, name: "Ada", ratio: 0.5, narrow: 1.5, isOpen: true, bytes: [1, 2], id: id,
          personID: PersonID(id), createdAt: Timestamp(microseconds: 1_000_000), usedAt: nil, note: "", shade: .dark,
          level: .high, content: Sealed(bytes: [0, 34, 34])))
  }

  @Test(arguments: [
    ("name", "name"), ("createdAt", "created_at"), ("created_at", "created_at"), ("requestID", "request_id"),
    ("HTTPCode", "http_code"), ("sha256Sum", "sha256_sum"), ("aB", "a_b"), ("a_B", "a_b"), ("", ""), ("A", "a"),
  ])
  func `a key in camel case is a column in snake case`(key: String, column: String) {
    #expect(SQLRowDecoder.column(for: key) == column)
  }

  @Test(arguments: [
    "count", "size", "small", "name", "ratio", "narrow", "is_open", "bytes", "id", "person_id", "created_at", "used_at",
    "note", "shade", "level", "content",
  ])
  func `a missing column is named, also for an optional property`(column: String) {
    #expect(problem { $0[column] = nil }.contains("there is no column “\(column)”"))
  }

  @Test(arguments: [
    ("count", SQLValue.text("secret")), ("count", .null), ("small", .integer(256)), ("small", .integer(-1)),
    ("name", .integer(1)), ("ratio", .integer(1)), ("is_open", .integer(2)), ("bytes", .text("secret")),
    ("id", .blob([1, 2, 3])), ("person_id", .null), ("created_at", .text("secret")), ("used_at", .text("secret")),
    ("note", .integer(1)), ("shade", .text("secret")), ("level", .integer(9)), ("content", .text("secret")),
  ])
  func `a value of the wrong kind names its column and never its content`(column: String, value: SQLValue) {
    let message = problem { $0[column] = value }
    #expect(message.contains("column “\(column)”"))
    #expect(!message.contains("secret"))
  }

  @Test func `a nested value has no column form`() {
    struct Inner: Decodable { let a: Int }
    struct Outer: Decodable { let inner: Inner }
    struct Listed: Decodable { let inner: [Int] }
    let row = SQLRow(columns: ["inner"], values: [.text("{}")])
    for type in [Outer.self, Listed.self] as [any Decodable.Type] {
      #expect { try SQLRowDecoder.decode(type, from: row) } throws: { error in
        (error as? StorageError)?.message.contains("column “inner” is one value") == true
      }
    }
  }

  @Test func `the only column is read as a value`() throws {
    let one = SQLRow(columns: ["n"], values: [.integer(4)])
    #expect(try SQLRowDecoder.decode(Int64.self, from: one) == 4)
    #expect(try SQLRowDecoder.decode(Timestamp.self, from: one) == Timestamp(microseconds: 4))
    #expect(try SQLRowDecoder.decode(Everything.Level?.self, from: SQLRow(columns: ["n"], values: [.null])) == nil)
    #expect(throws: StorageError.self) {
      try SQLRowDecoder.decode(Int64.self, from: SQLRow(columns: ["a", "b"], values: [.integer(1), .integer(2)]))
    }
    #expect(throws: StorageError.self) { try SQLRowDecoder.decode(Int64.self, from: SQLRow(columns: [], values: [])) }
  }
}
