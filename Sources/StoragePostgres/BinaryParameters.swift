import Storage

/// Values in the form in which they go over the wire: format 1, binary, of which PostgreSQL's `*send` functions are the
/// definition. Binary, so that doubles are exact and bytes are not doubled.
struct BinaryParameters {
  /// OID of each value's type; 0 for NULL, whose type PostgreSQL then infers.
  let types: [UInt32]
  private let bytes: [UInt8]
  /// Where each value lies in `bytes`; nil for NULL.
  private let places: [Range<Int>?]

  /// The largest statement of the protocol's frame is 1 GiB; the values stay below it with room for the rest.
  static let bytesMax = 1_000_000_000
  /// The protocol counts parameters in 16 bits.
  static let countMax = 65_535

  init(_ values: [SQLValue]) throws(PostgresFault) {
    guard values.count <= Self.countMax else {
      throw .misuse("A statement has \(values.count) values; PostgreSQL takes at most \(Self.countMax).")
    }
    var bytes: [UInt8] = []
    var places: [Range<Int>?] = []
    places.reserveCapacity(values.count)
    for value in values {
      let start = bytes.count
      switch value {
      case .null: break
      case .integer(let integer): Self.append(UInt64(bitPattern: integer), to: &bytes)
      case .real(let real): Self.append(real.bitPattern, to: &bytes)
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .blob(let blob): bytes.append(contentsOf: blob)
      }
      guard bytes.count <= Self.bytesMax else {
        throw .misuse("The values of a statement have more than \(Self.bytesMax) bytes.")
      }
      places.append(value == .null ? nil : start..<bytes.count)
    }
    // So that an empty value at the end has an address too: a null pointer would be NULL.
    bytes.append(0)
    self.bytes = bytes
    self.places = places
    types = values.map(\.postgresType)
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Calls `body` with addresses, lengths and formats, each an element a value; they are valid during the call.
  func withPointers<R>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?) -> R
  ) -> R {
    let lengths = places.map { CInt($0?.count ?? 0) }
    let formats = [CInt](repeating: 1, count: places.count)
    return bytes.withUnsafeBytes { buffer in
      let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = places.map { place in place.flatMap { start?.advanced(by: $0.lowerBound) } }
      return pointers.withUnsafeBufferPointer { pointers in
        lengths.withUnsafeBufferPointer { lengths in
          formats.withUnsafeBufferPointer { body(pointers.baseAddress, lengths.baseAddress, $0.baseAddress) }
        }
      }
    }
  }
}

/// OIDs of the built-in types (`pg_type.dat`); they never change.
enum PostgresType {
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let char: UInt32 = 18
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let float4: UInt32 = 700
  static let float8: UInt32 = 701
  static let unknown: UInt32 = 705
  static let bpchar: UInt32 = 1042
  static let varchar: UInt32 = 1043
  static let numeric: UInt32 = 1700
  static let void: UInt32 = 2278
}

extension SQLValue {
  fileprivate var postgresType: UInt32 {
    switch self {
    case .null: 0
    case .integer: PostgresType.int8
    case .real: PostgresType.float8
    case .text: PostgresType.text
    case .blob: PostgresType.bytea
    }
  }
}
