import Storage
import Testing

@testable import StoragePostgres

@Suite struct BinaryValueTests {
  private func read(_ bytes: [UInt8], as type: UInt32) throws -> SQLValue {
    try bytes.withUnsafeBytes { try SQLValue(binary: $0, type: type) }
  }

  @Test(
    arguments: [
      ([0x80, 0, 0, 0, 0, 0, 0, 0], PostgresType.int8, .integer(.min)),
      ([0xFF, 0xFF, 0xFF, 0xFE], PostgresType.int4, .integer(-2)), ([0x7F, 0xFF], PostgresType.int2, .integer(32_767)),
      ([1], PostgresType.bool, .integer(1)), ([0], PostgresType.bool, .integer(0)),
      ([0x3F, 0xF8, 0, 0, 0, 0, 0, 0], PostgresType.float8, .real(1.5)),
      ([0x3F, 0xC0, 0, 0], PostgresType.float4, .real(1.5)),
      ([], PostgresType.text, .text("")), ([0xC3, 0xA9], PostgresType.varchar, .text("é")),
      ([], PostgresType.bytea, .blob([])),
      ([], PostgresType.void, .null),
    ] as [([UInt8], UInt32, SQLValue)])
  func `a value is read by its type`(bytes: [UInt8], type: UInt32, value: SQLValue) throws {
    #expect(try read(bytes, as: type) == value)
  }

  @Test(
    arguments: [
      ([0, 0], PostgresType.int8), ([], PostgresType.bool), ([0, 0, 0], PostgresType.float8), ([1], 600),
      ([], PostgresType.numeric), ([0, 1, 0, 0, 0, 0, 0, 0], PostgresType.numeric),
      ([0, 1, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], PostgresType.numeric),
      ([0, 0, 0, 0, 0xC0, 0, 0, 0], PostgresType.numeric),
    ] as [([UInt8], UInt32)])
  func `bytes that are no value of the type are refused`(bytes: [UInt8], type: UInt32) {
    #expect(throws: PostgresFault.self) { try read(bytes, as: type) }
  }

  /// A numeric as the server sends it.
  private func numeric(_ digits: [UInt16], weight: Int16, sign: UInt16 = 0, decimals: UInt16 = 0) -> [UInt8] {
    ([UInt16(digits.count), UInt16(bitPattern: weight), sign, decimals] + digits)
      .flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  }

  @Test func `a sum is an integer up to both ends of 64 bits`() throws {
    #expect(try read(numeric([], weight: 0), as: PostgresType.numeric) == .integer(0))
    #expect(try read(numeric([5], weight: 2), as: PostgresType.numeric) == .integer(500_000_000))
    let digits: [UInt16] = [922, 3372, 368, 5477]
    #expect(try read(numeric(digits + [5807], weight: 4), as: PostgresType.numeric) == .integer(.max))
    #expect(try read(numeric(digits + [5808], weight: 4, sign: 0x4000), as: PostgresType.numeric) == .integer(.min))
    #expect(throws: PostgresFault.self) { try read(numeric(digits + [5808], weight: 4), as: PostgresType.numeric) }
    #expect(throws: PostgresFault.self) {
      try read(numeric(digits + [5809], weight: 4, sign: 0x4000), as: PostgresType.numeric)
    }
    #expect(throws: PostgresFault.self) { try read(numeric([1], weight: .max), as: PostgresType.numeric) }
  }

  @Test func `a numeric with decimals is a real`() throws {
    #expect(try read(numeric([1, 5000], weight: 0, decimals: 1), as: PostgresType.numeric) == .real(1.5))
    #expect(try read(numeric([25], weight: -1, sign: 0x4000, decimals: 4), as: PostgresType.numeric) == .real(-0.0025))
    #expect(try read(numeric([], weight: 0, decimals: 2), as: PostgresType.numeric) == .real(0))
    #expect(try read(numeric([], weight: 0, sign: 0xD000), as: PostgresType.numeric) == .real(.infinity))
  }

  @Test func `more values than the protocol counts are refused`() throws {
    #expect(throws: PostgresFault.self) { try BinaryParameters(Array(repeating: .null, count: 65_536)) }
    #expect(try BinaryParameters([.null, .integer(1), .text(""), .blob([])]).types == [0, 20, 25, 17])
  }

  @Test func `an empty value has an address and NULL has none`() throws {
    try BinaryParameters([.null, .text("")]).withPointers { values, lengths, _ in
      #expect(values?[0] == nil)
      #expect(values?[1] != nil)
      #expect(lengths?[1] == 0)
    }
  }
}
