package import Inference
package import StrictJSON

/// A request of a program outside, translated.
package struct ClientRequest: Sendable, Hashable {
  /// What was asked, as it came: what is handed on to an upstream of the same protocol is made of it.
  package let body: JSON
  package let facts: HopFacts
  /// The same in the words of all protocols. ``ModelRequest/model`` is what the client called it; who knows the route
  /// puts the upstream's own name there.
  package let request: ModelRequest
  /// The JSON pointers of what `request` does not say, at most ``FieldReader/lostMax``. Empty when a translation loses
  /// nothing.
  package let untranslated: [String]
}

/// What is read of a request whatever happens to it afterwards. Reading it copies no text.
package struct HopFacts: Sendable, Hashable {
  /// A model or a route, as the client calls it: 1 to ``RequestLimits/modelBytesMax`` bytes.
  package var model: String
  package var isStreamed = false
  /// Whether the client wants to be told in the stream what was used. Only OpenAI's chat protocol asks.
  package var wantsUsage = false
  /// How many tokens an answer may have, what is thought included; nil when the client sets no bound.
  package var outputTokensMax: Int?
  /// How many answers are wanted; only OpenAI's chat protocol gives more than one.
  package var answers = 1
  /// At least as many tokens as the request has; see ``InputBound``. nil when it points to content that is elsewhere.
  package var inputTokensMax: Int?
  /// Whether the answer is to be kept for later: what the Responses protocol does unless `store` is false.
  package var isStored = false
  /// Whether the answer is to be made without anybody waiting for it (`background` of the Responses protocol).
  package var isBackground = false
  /// The stored response that this one goes on with (`previous_response_id`).
  package var previousResponse: String?

  package init(model: String) { self.model = model }
}

extension FieldReader {
  /// The name of a model.
  mutating func model(_ body: JSONObject) -> String? {
    let pointer = JSONPointer.root.appending("model")
    guard let model = demandedText(body["model"], pointer) else { return nil }
    guard (1...RequestLimits.modelBytesMax).contains(model.utf8.count), !model.utf8.contains(where: { $0 < 0x20 })
    else {
      refuse(
        pointer, "out_of_range",
        "A model's name has 1 to \(RequestLimits.modelBytesMax) bytes and no control characters.")
      return nil
    }
    return model
  }

  /// The first bound of the answer's tokens that is given.
  mutating func tokens(_ body: JSONObject, _ names: String...) -> Int? {
    var found: Int?
    for name in names {
      let tokens = integer(body[name], JSONPointer.root.appending(name), in: 1...RequestLimits.outputTokensMax)
      found = found ?? tokens
    }
    return found
  }
}
