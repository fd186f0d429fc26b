/// The ChaCha20 block function of RFC 8439, section 2.3: 16 words of keystream for a key, a counter and a nonce.
enum ChaChaBlock {
  /// "expand 32-byte k"
  private static let constants = SIMD4<UInt32>(0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574)

  /// - Parameter position: the last row of the state: the block counter, then the three words of the nonce.
  static func words(key: ChaChaKey, position: SIMD4<UInt32>) -> SIMD16<UInt32> {
    let initial = SIMD16(
      lowHalf: SIMD8(lowHalf: constants, highHalf: key.words.lowHalf),
      highHalf: SIMD8(lowHalf: key.words.highHalf, highHalf: position))
    // Sixteen plain variables stay in registers: on x86-64 (2026-11) three times as fast as rows of vectors, whose
    // lanes must be moved around in every round.
    var (x0, x1, x2, x3) = (initial[0], initial[1], initial[2], initial[3])
    var (x4, x5, x6, x7) = (initial[4], initial[5], initial[6], initial[7])
    var (x8, x9, x10, x11) = (initial[8], initial[9], initial[10], initial[11])
    var (x12, x13, x14, x15) = (initial[12], initial[13], initial[14], initial[15])
    for _ in 0..<10 {
      quarterRound(&x0, &x4, &x8, &x12)
      quarterRound(&x1, &x5, &x9, &x13)
      quarterRound(&x2, &x6, &x10, &x14)
      quarterRound(&x3, &x7, &x11, &x15)
      quarterRound(&x0, &x5, &x10, &x15)
      quarterRound(&x1, &x6, &x11, &x12)
      quarterRound(&x2, &x7, &x8, &x13)
      quarterRound(&x3, &x4, &x9, &x14)
    }
    return initial &+ SIMD16(x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15)
  }

  /// RFC 8439, section 2.1.
  @inline(__always)
  private static func quarterRound(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32, _ d: inout UInt32) {
    a &+= b
    d = rotated(d ^ a, by: 16)
    c &+= d
    b = rotated(b ^ c, by: 12)
    a &+= b
    d = rotated(d ^ a, by: 8)
    c &+= d
    b = rotated(b ^ c, by: 7)
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, by bits: UInt32) -> UInt32 {
    (word &<< bits) | (word &>> (32 &- bits))
  }
}
