package import StrictJSON

/// A key and an address that somebody would like to use, before anybody is asked about them.
package struct ModelCandidate: Sendable, Hashable {
  package let key: APIKey?
  /// Where to ask; nil leaves it to the key's shape.
  package let endpoint: EndpointURL?

  package init(key: APIKey?, endpoint: EndpointURL?) {
    self.key = key
    self.endpoint = endpoint
  }

  /// Reads what a person gave. An empty text is as good as none. Whether the address may be used is another question; see
  /// ``LocalOrigins/fault(of:)``.
  ///
  /// - Throws: ``Refusal`` with every fault, at `/key` and `/baseURL`. No message quotes what was given: it may hold a key.
  package init(key: String?, baseURL: String?) throws(Refusal) {
    let given = (key: key.flatMap { $0.isEmpty ? nil : $0 }, baseURL: baseURL.flatMap { $0.isEmpty ? nil : $0 })
    self.key = given.key.flatMap { APIKey($0) }
    endpoint = given.baseURL.flatMap { EndpointURL($0) }
    var errors: [FieldError] = []
    if given.key != nil, self.key == nil { errors.append(Self.noKey) }
    if given.baseURL != nil, endpoint == nil { errors.append(.noAddress) }
    if given.key == nil, given.baseURL == nil { errors.append(Self.nothing) }
    guard errors.isEmpty else { throw Refusal(errors: errors) }
  }

  package struct Refusal: Error, Sendable, Hashable {
    package let errors: [FieldError]
  }

  /// What follows from the shape of the key and the address alone.
  package enum Standing: Sendable, Hashable {
    /// The provider can be asked there.
    case askable(provider: String, at: EndpointURL)
    /// It is known whose key it is, or not even that, and why it is of no use; in a sentence.
    case unusable(provider: String?, why: String)
  }

  package var standing: Standing {
    let shape = key.flatMap { KeyShape.recognize($0) }
    guard let endpoint else { return Self.standing(of: shape) }
    let name = KeyShape.provider(at: endpoint) ?? LocalServer.name(at: endpoint) ?? endpoint.host
    // `sk-` is everybody's; the longer beginnings belong to one provider.
    if let shape, shape.prefix != "sk-", let home = KeyShape.provider(at: endpoint), home != shape.provider {
      return .unusable(
        provider: shape.provider,
        why: "This is a key of \(shape.provider), and the address is that of \(home). It was not sent there.")
    }
    return .askable(provider: name, at: endpoint)
  }

  private static func standing(of shape: KeyShape?) -> Standing {
    switch shape?.standing {
    case .usable(let address):
      guard let shape, let endpoint = EndpointURL(address) else { return unknown }
      return .askable(provider: shape.provider, at: endpoint)
    case .coming:
      return .unusable(
        provider: shape?.provider,
        why: "This is a key of \(shape?.provider ?? "a known provider"), whose protocol is coming and not spoken yet. "
          + "The key was sent nowhere and is not kept.")
    case nil: return unknown
    }
  }

  private static let unknown = Standing.unusable(
    provider: nil,
    why:
      "Whose key this is does not show. Say the provider's address too, as https://models.example.com/v1. The key was "
      + "sent nowhere and is not kept.")

  /// Whether a text holds this key, or what looks like one: nothing that is kept or shown may.
  ///
  /// A key shorter than ``telltaleBytesMin`` is no secret that a text could give away: “ollama”, “none”.
  package func shows(in text: String) -> Bool {
    let known = key.flatMap { $0.secret.utf8.count >= Self.telltaleBytesMin ? $0 : nil }
    return KeyScrubber.scrub(text, knowing: known) != text
  }

  private static let telltaleBytesMin = 8

  // MARK: Faults

  private static let noKey = FieldError(
    pointer: "/key", code: "invalid_key",
    message: "This is no key: those are 1 to \(APIKey.bytesMax) visible ASCII characters without blanks.")
  private static let nothing = FieldError(
    pointer: "", code: "missing", message: "There is neither a key nor an address; give “key”, “baseURL” or both.")
}

extension FieldError {
  /// Of what is no address below which calls could lie.
  package static let noAddress = FieldError(
    pointer: "/baseURL", code: "invalid_address",
    message:
      "This is no address. One is https://models.example.com/v1: up to \(EndpointURL.bytesMax) visible ASCII "
      + "characters, with a host, and without name, password, query and fragment.")
}

extension KeyShape {
  /// Whose address this is; nil for one that no known provider has.
  static func provider(at endpoint: EndpointURL) -> String? {
    all.first { shape in
      guard case .usable(let address) = shape.standing else { return false }
      return EndpointURL(address)?.host == endpoint.host
    }?.provider
  }
}

extension LocalServer {
  /// The server that usually has this address.
  static func name(at endpoint: EndpointURL) -> String? { known.first { $0.baseURL == endpoint.description }?.name }
}
