package import Inference

/// Watches the stream of an upstream that speaks the client's own protocol, and takes out what the client did not ask
/// for.
///
/// What is handed on is, but for that, byte for byte what came. A pure state machine; it reads JSON only where a cheap
/// look says that there is something to read.
package protocol HopFilter: Sendable {
  /// What is handed on of the data of one event; nil when it is only for the gateway, and from the first event on that is
  /// broken: ``isBroken`` says so.
  mutating func passed(_ data: String) -> String?

  /// What the upstream said it used so far; nil while it said nothing.
  var usage: TokenUsage? { get }
  /// The model that answers, by its own word, from the first event that names one.
  var model: String? { get }
  /// Whether the mark of the end has come, after which nothing is read.
  var isDone: Bool { get }
  /// Whether the answer is whole: its mark or the reason of its end has come, and no error. A stream that ends without
  /// is cut.
  var isWhole: Bool { get }
  /// Whether an event came that is no whole object. Its text is lost, so the answer can only fail; whoever reads the stream
  /// ends it with a fault of its own.
  var isBroken: Bool { get }
  /// Whether the upstream reported an error inside the stream. It is handed on.
  var hasFailed: Bool { get }
}
