import Storage

extension SQLValue {
  /// Reads a value of a result in binary form.
  ///
  /// Types beyond the dialect's four come from expressions: `bool` from comparisons (0 or 1, as SQLite has it), `int4`
  /// from literals, `numeric` from `SUM` (an integer) and from decimal literals (a real).
  ///
  /// - Throws: ``PostgresFault/misuse(_:)`` for another type, a wrong length, or an integer outside 64 bits.
  init(binary bytes: UnsafeRawBufferPointer, type: UInt32) throws(PostgresFault) {
    switch type {
    case PostgresType.int8: self = .integer(Int64(bitPattern: try bytes.bigEndian()))
    case PostgresType.int4: self = .integer(Int64(Int32(bitPattern: try bytes.bigEndian())))
    case PostgresType.int2: self = .integer(Int64(Int16(bitPattern: try bytes.bigEndian())))
    case PostgresType.bool: self = .integer(try bytes.bigEndian() as UInt8 == 0 ? 0 : 1)
    case PostgresType.float8: self = .real(Double(bitPattern: try bytes.bigEndian()))
    case PostgresType.float4: self = .real(Double(Float(bitPattern: try bytes.bigEndian())))
    case PostgresType.text, PostgresType.varchar, PostgresType.bpchar, PostgresType.name, PostgresType.char,
      PostgresType.unknown:
      self = .text(String(decoding: bytes, as: UTF8.self))
    case PostgresType.bytea: self = .blob(Array(bytes))
    case PostgresType.numeric: self = try BinaryNumeric(bytes).value
    case PostgresType.void: self = .null
    default: throw .misuse("A result has a column of PostgreSQL's type \(type), which is not in the dialect.")
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The whole buffer as one big-endian integer.
  fileprivate func bigEndian<I: FixedWidthInteger & UnsignedInteger>() throws(PostgresFault) -> I {
    guard count == I.bitWidth / 8 else {
      throw .misuse("A value of \(count) bytes came where \(I.bitWidth / 8) belong.")
    }
    return reduce(0) { $0 << 8 | I($1) }
  }
}
