package import Inference

/// Writes the events of an answer as one protocol streams them: a pure state machine.
///
/// Every text it gives is one whole server-sent event with the empty line after it. A piece of an answer is written
/// once, so that the cost is linear in the text; only the Responses protocol repeats the text, as it demands, a fixed
/// number of times. Nothing is written after the terminal event, whoever asks.
package protocol AnswerWriter: Sendable {
  /// The frames for the next event of the answer, which `StreamRules` has let through.
  mutating func frames(for event: ModelEvent) -> [String]

  /// The last frames, when the answer has come to its end: the terminal event among them.
  ///
  /// Without ``Inference/ModelEvent/finished(_:)`` before it, it is a failure: an answer that was cut is never ended as
  /// a whole one.
  mutating func end() -> [String]

  /// What is written instead of the rest when the answer fails after it began.
  mutating func failure(_ fault: GatewayFault) -> [String]
}
