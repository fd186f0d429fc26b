import StrictJSON

/// What is handed on to an upstream that speaks the client's own protocol: the request as it came, unknown fields and
/// the order of all members kept, so that nothing is lost in between.
enum HopBody {
  /// - Parameters:
  ///   - body: an object; anything else is given back as it is.
  ///   - model: the upstream's own name.
  ///   - asksForUsage: whether a stream is to tell what was used even if the client did not ask, as OpenAI's protocol must be
  ///     asked; ``ChatHopFilter`` takes it out of the answer again.
  static func make(of body: JSON, model: String, asksForUsage: Bool) -> JSON {
    guard case .object(var object) = body else { return body }
    object["model"] = .string(model)
    if asksForUsage, object["stream"]?.flag == true {
      var options = object["stream_options"]?.members ?? [:]
      options["include_usage"] = true
      object["stream_options"] = .object(options)
    }
    return .object(object)
  }
}
