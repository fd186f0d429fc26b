import StrictJSON
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: 0..<12 as Range<UInt64>) func `what is written reads back as the same value`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let value = JSON.random(depth: 4, using: &generator)
      let bytes = value.canonicalBytes()
      let again = try JSON(parsing: bytes)
      #expect(again == value)
      #expect(again.hashValue == value.hashValue)
      #expect(again.canonicalBytes() == bytes)
      #expect(try JSON(parsing: value.prettyText()) == value)
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>) func `values are equal exactly if their bytes are`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<40).map { _ in JSON.random(depth: 1, using: &generator) }
    for left in values {
      for right in values {
        let isEqual = left == right
        if isEqual != (left.canonicalBytes() == right.canonicalBytes()) || isEqual && left.hashValue != right.hashValue
        {
          Issue.record("\(left) and \(right)")
        }
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func `no damaged text traps, and what is read is written the same`(
    _ seed: UInt64
  ) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      var bytes = JSON.random(depth: 3, using: &generator).canonicalBytes()
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let position = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        case 1 where position < bytes.count: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        default: bytes.removeSubrange(min(position, bytes.count)...)
        }
      }
      if let value = try? JSON(parsing: bytes) {
        #expect((try? JSON(parsing: value.canonicalBytes())) == value)
      }
    }
  }
}
