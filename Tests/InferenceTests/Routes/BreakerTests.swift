import Testing

@testable import Inference

@Suite("A breaker")
struct BreakerTests {
  /// Fails as often as it takes.
  private static func broken(at now: Duration = .zero) -> Breaker {
    var breaker = Breaker()
    for _ in 0..<Breaker.failuresMax { breaker.failed(at: now) }
    return breaker
  }

  @Test func `lets everything through at first, and after failures that are too few`() {
    var breaker = Breaker()
    for _ in 1..<Breaker.failuresMax {
      breaker.failed(at: .seconds(1))
      #expect(breaker.admit(at: .seconds(1)) == .open)
    }
    breaker.passed()
    #expect(breaker.isHealthy)
  }

  @Test func `counts failures in a row only`() {
    var breaker = Breaker()
    for _ in 0..<20 {
      for _ in 1..<Breaker.failuresMax { breaker.failed(at: .zero) }
      breaker.passed()
    }
    #expect(breaker.admit(at: .zero) == .open)
  }

  @Test func `lets nobody through while it pauses, then one, then nobody until that one has ended`() {
    var breaker = Self.broken(at: .seconds(5))
    #expect(breaker.admit(at: .seconds(8)) == .closed(for: Breaker.pause - .seconds(3)))
    #expect(breaker.admit(at: .seconds(5) + Breaker.pause) == .probe)
    #expect(breaker.admit(at: .seconds(60)) == .closed(for: .seconds(1)))
  }

  @Test func `a probe that passes opens it, one that fails closes it for as long again`() {
    var breaker = Self.broken()
    #expect(breaker.admit(at: Breaker.pause) == .probe)
    breaker.failed(at: Breaker.pause)
    #expect(breaker.admit(at: Breaker.pause * 1.5) == .closed(for: Breaker.pause * 0.5))
    #expect(breaker.admit(at: Breaker.pause * 2) == .probe)
    breaker.passed()
    #expect(breaker.admit(at: Breaker.pause * 2) == .open && breaker.isHealthy)
  }

  @Test func `a probe whose reader leaves lets another be the probe`() {
    var breaker = Self.broken()
    #expect(breaker.admit(at: Breaker.pause) == .probe)
    breaker.left()
    #expect(breaker.admit(at: Breaker.pause) == .probe)
  }

  @Test func `rests for as long as it was told`() {
    var breaker = Breaker()
    breaker.rest(for: .seconds(40), from: .seconds(2))
    #expect(breaker.pause(at: .seconds(2)) == .seconds(40))
    #expect(breaker.admit(at: .seconds(41)) == .closed(for: .seconds(1)))
    #expect(breaker.admit(at: .seconds(42)) == .probe)
  }
}
