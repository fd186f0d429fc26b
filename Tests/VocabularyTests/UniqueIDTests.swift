import Foundation
import TestKit
import Testing
import Vocabulary

@Suite("Ids")
struct UniqueIDTests {
  @Test func `text and bytes are read back`() throws {
    let random = SeededRandom(seed: 3)
    for _ in 0..<1000 {
      let id = UniqueID(high: random.next(), low: random.next())
      #expect(UniqueID(id.description) == id)
      #expect(UniqueID(bytes: id.bytes) == id)
      #expect(UUID(uuidString: id.description)?.uuidString.lowercased() == id.description)
    }
  }

  @Test(arguments: [
    "", "0197a1c2-3d4e-7f00-8a00", "0197a1c23d4e7f008a00000000000001", "0197a1c2-3d4e-7f00-8a00-00000000000g",
    "0197a1c2-3d4e-7f00-8a00-0000000000011", "{0197a1c2-3d4e-7f00-8a00-000000000001}",
    "0197a1c2_3d4e-7f00-8a00-000000000001",
    "0197a1c2-3d4e-7f00-8a00-00000000000１",
  ])
  func `what is no id is nil`(text: String) {
    #expect(UniqueID(text) == nil)
  }

  @Test func `new ids are version 7, carry their millisecond and grow, also when the clock stands or steps back`() {
    let clock = ManualClock()
    let ids = UniqueIDSequence(clock: clock, random: SeededRandom(seed: 1))
    var last = UniqueID(high: 0, low: 0)
    for step in 0..<10_000 {
      if step == 3000 { clock.advance(by: .seconds(-3600)) }
      if step == 6000 { clock.advance(by: .seconds(7200)) }
      let id = ids.next()
      #expect(id > last)
      #expect(id.high & 0xf000 == 0x7000)
      #expect(id.low >> 62 == 0b10)
      last = id
    }
    #expect(Int64(last.high >> 16) == clock.now().microseconds / 1000)
  }

  @Test func `ids keep growing when all random bits are used up`() {
    struct Ones: RandomSource { func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 255, count: count) } }
    let ids = UniqueIDSequence(clock: ManualClock(), random: Ones())
    let first = ids.next()
    let second = ids.next()
    #expect(second > first)
    #expect(second.high & 0xf000 == 0x7000)
    #expect(second.low >> 62 == 0b10)
  }

  @Test func `hexadecimal is read in either case and whole bytes only`() {
    #expect([UInt8](hexadecimal: "00ffA0") == [0, 255, 160])
    #expect([UInt8](hexadecimal: "0") == nil)
    #expect([UInt8](hexadecimal: "0g") == nil)
    #expect([0, 255, 160].map { UInt8($0) }.hexadecimal == "00ffa0")
  }
}
