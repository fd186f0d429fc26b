package import Inference
import StrictJSON

/// The ``HopFilter`` of Anthropic's protocol: everything is handed on, since its clients are always told what was used.
package struct MessagesHopFilter: HopFilter {
  package private(set) var usage: TokenUsage?
  package private(set) var model: String?
  package private(set) var isDone = false
  package private(set) var isBroken = false
  package private(set) var hasFailed = false
  private var hasReason = false

  package init() {}

  package var isWhole: Bool { (isDone || hasReason) && !hasFailed && !isBroken }

  package mutating func passed(_ data: String) -> String? {
    guard !isBroken, data.isClosedObject else {
      isBroken = true
      return nil
    }
    // Nearly all events are deltas of blocks, which say nothing of this.
    guard data.hasKey("usage") || data.hasKey("error") || data.utf8.count <= Self.stopBytesMax,
      let event = try? JSON(parsing: data, limits: .stored)
    else { return data }
    switch event["type"]?.text {
    case "message_start":
      model = event["message"]?["model"]?.text.map { String($0.prefix(RequestLimits.modelBytesMax)) }
      add(event["message"]?["usage"])
    case "message_delta":
      if event["delta"]?["stop_reason"]?.text != nil { hasReason = true }
      add(event["usage"])
    case "message_stop": isDone = true
    case "error": hasFailed = true
    default: break
    }
    return data
  }

  /// Later numbers replace earlier ones, and what they leave out stays.
  private mutating func add(_ told: JSON?) {
    guard let told, told.members != nil else { return }
    let new = TokenUsage(messages: told)
    var sum = usage ?? TokenUsage()
    if let input = new.input { (sum.input, sum.cachedInput) = (input, new.cachedInput ?? sum.cachedInput) }
    sum.output = new.output ?? sum.output
    usage = sum
  }

  /// `{"type":"message_stop"}` and some room; a delta is longer.
  private static let stopBytesMax = 64
}
