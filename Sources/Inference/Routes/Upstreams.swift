import Synchronization

/// What is known of the upstreams of this process: which are down, and how many calls each provider has under way.
package final class Upstreams: Sendable {
  private struct State {
    /// Only of those that something is held against.
    var breakers: [UpstreamID: Breaker] = [:]
    var gates: [ModelConnectionID: UpstreamGate] = [:]
  }

  private let limits: UpstreamLimits
  private let watch: Stopwatch
  private let state = Mutex(State())

  package init(limits: UpstreamLimits = UpstreamLimits(), clock: any Clock<Duration> = ContinuousClock()) {
    self.limits = limits
    watch = Self.stopwatch(clock)
  }

  private static func stopwatch(_ clock: some Clock<Duration>) -> Stopwatch { Stopwatch(clock) }

  /// An upstream that something is held against, as people see it.
  package struct Trouble: Sendable, Hashable {
    package let upstream: UpstreamID
    /// How many attempts in a row failed; 0 where the provider asked to be left alone.
    package let failures: Int
    /// How long nobody is let through; nil while it is only watched.
    package let pause: Duration?
  }

  package var troubles: [Trouble] {
    let now = watch.elapsed()
    return state.withLock { $0.breakers }.compactMap { Self.trouble($1, of: $0, at: now) }
  }

  /// What is held against one upstream; nil for nothing.
  package func trouble(of upstream: UpstreamID) -> Trouble? {
    let now = watch.elapsed()
    return state.withLock { $0.breakers[upstream] }.flatMap { Self.trouble($0, of: upstream, at: now) }
  }

  /// Nil for a rest that a provider asked for and that is over.
  private static func trouble(_ breaker: Breaker, of upstream: UpstreamID, at now: Duration) -> Trouble? {
    let pause = breaker.pause(at: now)
    guard breaker.failures > 0 || pause != nil else { return nil }
    return Trouble(upstream: upstream, failures: breaker.failures, pause: pause)
  }

  /// Calls that are under way, and that wait, at a provider.
  package func load(of connection: ModelConnectionID) -> (inside: Int, waiting: Int) {
    state.withLock { $0.gates[connection] }?.load ?? (0, 0)
  }

  // MARK: For calls

  func admit(_ upstream: UpstreamID) -> Breaker.Admission {
    let now = watch.elapsed()
    return state.withLock { $0.breakers[upstream]?.admit(at: now) ?? .open }
  }

  /// Notes how an attempt ended; nil: well.
  func note(_ failure: InferenceError?, of upstream: UpstreamID) {
    let now = watch.elapsed()
    state.withLock { state in
      guard let failure else {
        state.breakers[upstream] = nil
        return
      }
      var breaker = state.breakers[upstream] ?? Breaker()
      switch failure.kind {
      case .refused, .stalled, .overloaded, .cut: breaker.failed(at: now)
      case .rateLimited:
        if let pause = failure.retryAfter { breaker.rest(for: pause, from: now) } else { breaker.left() }
      case .untrusted, .badKey, .badRequest, .contentFiltered, .nonsense, .tooLarge, .contextLength, .unknownModel,
        .overBudget:
        breaker.left()
      }
      state.breakers[upstream] = breaker.isHealthy ? nil : breaker
    }
  }

  /// A call ended without saying anything about the upstream.
  func left(_ upstream: UpstreamID) { state.withLock { $0.breakers[upstream]?.left() } }

  /// The gate of an upstream's provider; nil for what is no connection.
  func gate(to upstream: Upstream) -> UpstreamGate? {
    guard let connection = upstream.id.connection else { return nil }
    return state.withLock { state in
      if let gate = state.gates[connection] { return gate }
      let gate = UpstreamGate(provider: upstream.provider.name, limits: limits, watch: watch)
      state.gates[connection] = gate
      return gate
    }
  }

  func sleep(_ pause: Duration) async throws { try await watch.sleep(pause) }
  func elapsed() -> Duration { watch.elapsed() }
}
