import Inference
import InferenceConformance
import Testing

/// The built-in model has no upstream: it says what stands in the request, as a narrator does. What only an upstream can do,
/// to be cut or to fall silent, it cannot.
private struct BuiltInRig: ConformanceRig {
  let model = BuiltInModel.model

  func provider(for plan: UpstreamPlan) async throws -> (any ModelProvider)? {
    guard case .answers(_, usage: nil) = plan else { return nil }
    return BuiltInModel()
  }

  func request(for plan: UpstreamPlan) -> ModelRequest {
    guard case .answers(let pieces, _) = plan else { return InferenceConformance.request }
    let results = BuiltInResults(outcomes: [], hint: pieces.isEmpty ? nil : pieces.joined())
    var request = InferenceConformance.request
    request.model = model
    do { request.messages.append(ModelMessage(.system, try results.block().text)) } catch {
      Issue.record("\(error)")
    }
    return request
  }

  func text(of pieces: [String]) -> String { pieces.isEmpty ? "Nothing happens." : pieces.joined() + "." }

  func departure() async {}
  func close() async {}
}

@Suite(.timeLimit(.minutes(5))) struct `The built-in model, as a provider` {
  @Test(arguments: InferenceConformance.cases)
  func `keeps the promises of every provider that it can keep`(_ promise: ConformanceCase) async throws {
    let isChecked = try await promise.run(on: BuiltInRig())
    #expect(isChecked == Self.checked.contains(promise.description), "\(promise)")
  }

  /// By name, so that none is left out unseen.
  private static let checked: Set = [
    "an answer begins once, ends once, and keeps its text byte for byte",
    "usage that was not told is unknown, not zero", "an answer without a word is an answer",
    "each reading is a call of its own", "calls at the same time do not mix",
    "a request beyond the bounds is refused before it is sent",
  ]
}
