package import Inference

/// The provider under test, and what plays its upstream.
package protocol ConformanceRig: Sendable {
  /// A provider whose upstream does what the plan says, or nil when this kind of provider has no upstream that could.
  func provider(for plan: UpstreamPlan) async throws -> (any ModelProvider)?
  /// What is asked where the upstream does what the plan says.
  func request(for plan: UpstreamPlan) -> ModelRequest
  /// What an answer in these pieces reads as.
  func text(of pieces: [String]) -> String
  /// The name of the model that answers.
  var model: String { get }
  /// Returns once the upstream has seen its caller leave.
  func departure() async
  /// Stops what `provider` started.
  func close() async
}

/// A rig whose upstream says what it is told, to whatever is asked.
extension ConformanceRig {
  package func request(for plan: UpstreamPlan) -> ModelRequest { InferenceConformance.request }
  package func text(of pieces: [String]) -> String { pieces.joined() }
  package var model: String { "test-model" }
}

/// What an upstream does with a call.
package enum UpstreamPlan: Sendable, Hashable {
  /// Says the pieces, then ends; usage only where one is given.
  case answers([String], usage: TokenUsage?)
  /// Says the pieces, ends, and says that the bound of tokens was reached.
  case runsOut([String])
  /// Says the pieces, then is gone.
  case isCut(after: [String])
  /// Says the pieces, then nothing more on a line that stays.
  case fallsSilent(after: [String])
  /// Says this piece for ever.
  case neverEnds(String)
  case refusesKey
  /// Wants to be left alone for so many seconds.
  case wantsPause(seconds: Int)
  case isOverloaded
  /// Is not there.
  case isGone
}

/// A promise that was not kept.
package struct ConformanceFailure: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

func expect<Value: Equatable>(_ found: Value, is wanted: Value, _ what: String) throws {
  guard found == wanted else { throw ConformanceFailure("\(what): found \(found), wanted \(wanted)") }
}
