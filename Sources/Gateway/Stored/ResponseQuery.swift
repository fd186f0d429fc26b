import StrictJSON

/// How a kept response is wanted.
struct ResponseQuery {
  /// Whether its events are wanted, and not the response as it stands.
  var isStreamed = false
  /// The number of the last event that is there already; −1 for none.
  var after = -1

  /// Reads `stream` and `starting_after`; what else there is, as `include`, changes nothing here.
  ///
  /// - Throws: what is wrong with them, 400.
  init(_ query: [String: String]) throws(GatewayFault) {
    switch query["stream"] {
    case nil, "false", "": break
    case "true": isStreamed = true
    default: throw Self.refused("/stream", "not_allowed", "Allowed are true, false.")
    }
    guard let text = query["starting_after"] else { return }
    guard isStreamed else {
      throw Self.refused(
        "/starting_after", "not_allowed", "Events are numbered, and they come with “stream=true” only.")
    }
    guard let number = Int(text), number >= 0 else {
      throw Self.refused(
        "/starting_after", "out_of_range", "Wanted is the sequence number of an event: a whole number from 0.")
    }
    after = number
  }

  /// - Parameter count: the events there are.
  /// - Throws: 400 for a number that no event has.
  func check(against count: Int) throws(GatewayFault) {
    guard after < count else {
      throw Self.refused(
        "/starting_after", "out_of_range",
        "This response has \(count) events so far, with the numbers from 0 to \(count - 1); \(after) is none of them.")
    }
  }

  private static func refused(_ pointer: String, _ code: String, _ message: String) -> GatewayFault {
    .invalid([FieldError(pointer: pointer, code: code, message: message)])
  }
}
