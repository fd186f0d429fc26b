import Inference
import Synchronization

/// Holds a call that is handed on as it is to the same grammar and bounds as any other.
struct WireExchange: Sendable {
  let provider: String
  let limits: StreamLimits

  /// Runs `exchange`, which delivers what comes; hands on to `emit` what the grammar lets through.
  ///
  /// - Throws: ``InferenceError`` with the text that had come; what `emit` throws.
  func run(
    _ emit: @escaping @Sendable (WireFrame) async throws -> Void,
    _ exchange: (@escaping @Sendable (WireFrame) async throws -> Void) async throws -> Void
  ) async throws {
    let grammar = Grammar(StreamRules(provider: provider, textBytesMax: limits.textBytesMax))
    do {
      try await exchange { frame in
        try grammar.rules.withLock { rules in for event in frame.events { try rules.accept(event) } }
        try await emit(frame)
      }
    } catch let error as InferenceError {
      throw error.keeping(grammar.rules.withLock { $0.kept })
    }
  }

  private final class Grammar: Sendable {
    let rules: Mutex<StreamRules>
    init(_ rules: StreamRules) { self.rules = Mutex(rules) }
  }
}

extension ModelSink {
  /// Hands on what a piece means.
  @Sendable func take(_ frame: WireFrame) async throws {
    for event in frame.events { try await send(event) }
  }
}
