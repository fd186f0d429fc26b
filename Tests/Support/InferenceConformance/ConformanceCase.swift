import Inference

/// One promise of ``ModelProvider``, as a sentence with the code that checks it.
package struct ConformanceCase: Sendable, CustomStringConvertible {
  /// The promise, in words.
  package let description: String
  private let plan: UpstreamPlan
  private let body: @Sendable (any ModelProvider, any ConformanceRig) async throws -> Void

  init(
    _ description: String, when plan: UpstreamPlan,
    _ body: @escaping @Sendable (any ModelProvider, any ConformanceRig) async throws -> Void
  ) {
    self.description = description
    self.plan = plan
    self.body = body
  }

  /// - Returns: whether the promise was checked; false when the rig has no upstream for it.
  /// - Throws: ``ConformanceFailure`` when the promise is not kept.
  package func run(on rig: any ConformanceRig) async throws -> Bool {
    do {
      let provider = try await rig.provider(for: plan)
      if let provider { try await body(provider, rig) }
      await rig.close()
      return provider != nil
    } catch {
      await rig.close()
      throw error
    }
  }
}

/// What a provider said, and how it ended.
struct Transcript {
  var events: [ModelEvent] = []
  var error: (any Error)?

  init(of stream: ModelStream) async {
    do {
      for try await event in stream { events.append(event) }
    } catch {
      self.error = error
    }
  }

  var text: String {
    events.map { event in if case .text(let text) = event { text } else { "" } }.joined()
  }

  var endings: Int { events.count { event in if case .finished = event { true } else { false } } }

  /// - Throws: ``ConformanceFailure`` unless it ended with an error of this kind and nothing else.
  func failure(_ kind: InferenceError.Kind) throws -> InferenceError {
    guard let error = error as? InferenceError else {
      throw ConformanceFailure("wanted an error, \(kind), and found \(error.map { "\($0)" } ?? "a good end")")
    }
    try expect(error.kind, is: kind, "the kind of “\(error)”")
    try expect(endings, is: 0, "terminal events before an error")
    try expect(error.kept, is: text, "the text kept in the error")
    return error
  }
}
