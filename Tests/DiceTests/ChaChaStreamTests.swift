import Dice
import Testing

/// What `docs/formats/fairness.md` promises, computed by a separate implementation.
struct StreamVector: Sendable {
  let key: String
  let stream: UInt32
  let roll: UInt64
  let words: [UInt32]
  let d6: [UInt32]
  let d20: [UInt32]
  let d100: [UInt32]
  let d1000000: [UInt32]

  private static let zeroKey = String(repeating: "00", count: 32)
  private static let countingKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

  static let all = [
    StreamVector(
      key: zeroKey, stream: 0, roll: 0,
      words: [
        0xade0_b876, 0x903d_f1a0, 0xe56a_5d40, 0x28bd_8653, 0xb819_d2bd, 0x1aed_8da0, 0xccef_36a8, 0xc70d_778b,
      ],
      d6: [5, 4, 6, 1, 5, 1, 5, 5], d20: [14, 12, 18, 4, 15, 3, 17, 16], d100: [68, 57, 90, 16, 72, 11, 81, 78],
      d1000000: [679_211, 563_446, 896_155, 159_142, 719_145, 105_188, 800_526, 777_550]),
    StreamVector(
      key: countingKey, stream: 0, roll: 0,
      words: [
        0x7d2b_fd39, 0x6a19_c5d9, 0x7703_bd8d, 0x494a_dcb8, 0x6fd8_358a, 0xcc6a_debc, 0x4c7d_ccb2, 0x9224_ead8,
      ],
      d6: [3, 3, 3, 2, 3, 5, 2, 4], d20: [10, 9, 10, 6, 9, 16, 6, 12], d100: [49, 42, 47, 29, 44, 80, 30, 58],
      d1000000: [488_953, 414_456, 464_901, 286_299, 436_893, 798_506, 298_795, 570_876]),
    StreamVector(
      key: countingKey, stream: 0, roll: 1,
      words: [
        0x02f1_a42f, 0x898e_8050, 0xe531_52a2, 0xe06e_df0f, 0x215f_c671, 0x78ee_9eef, 0x892d_3f4c, 0x95e8_1a06,
      ],
      d6: [1, 4, 6, 6, 1, 3, 4, 4], d20: [1, 11, 18, 18, 3, 10, 11, 12], d100: [2, 54, 90, 88, 14, 48, 54, 59],
      d1000000: [11_500, 537_331, 895_284, 876_692, 130_368, 472_392, 535_847, 585_573]),
    StreamVector(
      key: countingKey, stream: 1, roll: 0,
      words: [
        0x09fb_38d8, 0x3a2e_6e53, 0x3ff2_e810, 0xa673_6248, 0xe6d8_429f, 0xed81_d740, 0x3c79_84e3, 0x6425_c334,
      ],
      d6: [1, 2, 2, 4, 6, 6, 2, 3], d20: [1, 5, 5, 14, 19, 19, 5, 8], d100: [4, 23, 25, 66, 91, 93, 24, 40],
      d1000000: [38_990, 227_271, 249_801, 650_199, 901_738, 927_763, 236_230, 391_202]),
    StreamVector(
      key: countingKey, stream: .max, roll: .max,
      words: [
        0xc6d1_8127, 0x3f51_ae55, 0x64a7_abcb, 0xb780_5128, 0x7416_e534, 0x53dd_efb8, 0xf319_1089, 0xe72e_edc3,
      ],
      d6: [5, 2, 3, 5, 3, 2, 6, 6], d20: [16, 5, 8, 15, 10, 7, 19, 19], d100: [78, 25, 40, 72, 46, 33, 95, 91],
      d1000000: [776_635, 247_341, 393_184, 716_802, 453_475, 327_606, 949_602, 903_060]),
    StreamVector(
      key: "29e2ebed8cc2f524c4d79f345a41b5119436c8df2195d2bb94f8250316827dda", stream: 7, roll: 4_294_967_301,
      words: [
        0xd851_5c72, 0xdd0f_db3d, 0xada2_f97d, 0xf5bd_e995, 0xa42b_378d, 0xf7f9_8ad4, 0x62a2_708b, 0x0c93_eef4,
      ],
      d6: [6, 6, 5, 6, 4, 6, 3, 1], d20: [17, 18, 14, 20, 13, 20, 8, 1], d100: [85, 87, 68, 96, 65, 97, 39, 5],
      d1000000: [844_992, 863_524, 678_269, 959_930, 641_285, 968_652, 385_292, 49_133]),
  ]
}

@Suite("ChaCha stream")
struct ChaChaStreamTests {
  @Test func `the block function gives the block of RFC 8439, section 2.3.2`() throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0x0900_0000, roll: 0x4a00_0000, block: 1)
    #expect(
      try stream.words(16) == [
        0xe4e7_f110, 0x1559_3bd1, 0x1fdd_0f50, 0xc471_20a3, 0xc7f4_d1c7, 0x0368_c033, 0x9aaa_2204, 0x4e6c_d4c3,
        0x4664_82d2, 0x09aa_9f07, 0x05d7_c214, 0xa202_8bd9, 0xd19c_12b5, 0xb94e_16de, 0xe883_d0cb, 0x4e3c_50a2,
      ])
  }

  @Test func `the keystream encrypts the text of RFC 8439, section 2.4.2`() throws {
    let plain = """
      Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.
      """
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 0x4a00_0000, block: 1)
    let keystream = try stream.words(32).flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    #expect(
      zip(plain.utf8, keystream).map { $0 ^ $1 }
        == bytes(
          """
          6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624
          e65152ab8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6
          b40b8eedf2785e42874d
          """))
  }

  @Test(arguments: StreamVector.all)
  func `a roll's words and faces are those of the format's vectors`(vector: StreamVector) throws {
    let stream = ChaChaStream(key: try ChaChaKey(bytes: bytes(vector.key)), stream: vector.stream, roll: vector.roll)
    var (words, d6, d20, d100, d1000000) = (stream, stream, stream, stream, stream)
    #expect(try words.words(8) == vector.words)
    #expect(try d6.faces(8, sides: 6) == vector.d6)
    #expect(try d20.faces(8, sides: 20) == vector.d20)
    #expect(try d100.faces(8, sides: 100) == vector.d100)
    #expect(try d1000000.faces(8, sides: 1_000_000) == vector.d1000000)
  }

  @Test func `a rejected word is skipped and never used again`() throws {
    // The ninth word makes the eighth face: 2^32 mod 1,000,000 = 967,296 rejects one of the eight before it.
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 173)
    var words = stream
    #expect(
      try stream.faces(8, sides: 1_000_000)
        == [811_036, 68_941, 369_518, 874_014, 9_776, 529_920, 476_525, 501_487])
    #expect(
      try words.words(9) == [
        0xcfa0_0551, 0x11a6_1501, 0x5e98_ac6b, 0x2789_a45a, 0xdfbf_5c5d, 0x0280_a598, 0x87a8_ce8c, 0x79fd_8426,
        0x8061_656a,
      ])
  }

  @Test func `a die with 3 · 2^30 sides rejects a quarter of the words`() throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 0)
    #expect(
      try stream.faces(6, sides: 3_221_225_472)
        == [1_575_026_155, 1_335_055_459, 1_497_550_378, 1_407_330_344, 962_484_614, 2_916_686_433])
  }

  @Test func `the words go on from block to block`() throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 0)
    #expect(try stream.words(100).last == 1_114_532_226)
    var dice = ChaChaStream(key: try countingKey(), stream: 0, roll: 0)
    #expect(try dice.faces(1_000, sides: 6).reduce(0, +) == 3_363)
  }

  @Test func `a die of one side uses no word`() throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 0)
    #expect(try stream.faces(3, sides: 1) == [1, 1, 1])
    #expect(try stream.word() == 0x7d2b_fd39)
  }

  @Test func `a die without sides is an error`() throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 0)
    let error = #expect(throws: DrawError.self) { try stream.draw(sides: 0) }
    #expect(error?.kind == .noSides)
  }

  @Test func `the last block is used and then the stream ends with an error`() throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: 0, block: .max)
    #expect(try stream.words(16).last == 0x421a_3000)
    let error = #expect(throws: DrawError.self) { try stream.word() }
    #expect(error?.kind == .streamEnded)
    #expect(throws: DrawError.self) { try stream.draw(sides: 6) }
  }

  @Test(arguments: [0, 31, 33, 64])
  func `a key has 32 bytes`(count: Int) {
    let error = #expect(throws: DrawError.self) { try ChaChaKey(bytes: [UInt8](repeating: 1, count: count)) }
    #expect(error?.kind == .keyLength)
  }

  @Test func `keys and streams do not print what they hold`() throws {
    let key = try ChaChaKey(bytes: [UInt8](repeating: 0xab, count: 32))
    let stream = ChaChaStream(key: key, stream: 3, roll: 4)
    for printed in ["\(key)", String(reflecting: key), "\(stream)", String(reflecting: stream)] {
      #expect(printed.contains("(…)"))
    }
    #expect(Mirror(reflecting: key).children.isEmpty)
    #expect(Mirror(reflecting: stream).children.isEmpty)
    var dumped = ""
    dump((key, stream), to: &dumped)
    #expect(!dumped.contains("2880154539") && !dumped.contains("SIMD"))
  }

  /// The bounds are the chi-square quantiles at 0.001 and 0.999 for sides − 1 degrees of freedom; the key is fixed, so
  /// this passes always or never.
  @Test(arguments: [(6 as UInt32, 0.21, 20.52), (20, 5.41, 43.82), (100, 61.14, 148.23)])
  func `faces are spread evenly`(sides: UInt32, low: Double, high: Double) throws {
    let draws = 200_000
    var stream = ChaChaStream(key: try countingKey(), stream: 9, roll: 1)
    var counts = [Int](repeating: 0, count: Int(sides))
    for _ in 0..<draws { counts[Int(try stream.draw(sides: sides)) - 1] += 1 }
    let expected = Double(draws) / Double(sides)
    let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    #expect(chiSquare > low && chiSquare < high, "chi-square \(chiSquare) for d\(sides)")
  }
}
