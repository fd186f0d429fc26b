/// What models cost, as their providers' pages said on a day.
///
/// A price that is not here is unknown, which is not free. What runs on this machine is free, and so is the built-in model.
package struct PriceList: Sendable, Hashable {
  /// Which models of a provider a price is for.
  package enum Names: Sendable, Hashable {
    case exact(String)
    /// Every name that begins so: `gpt-4.1-2025-`, for the dated versions of one model.
    case beginning(String)
  }

  /// A page on which a provider says its prices.
  package struct Page: Sendable, Hashable {
    /// As connections call it: “OpenAI”.
    package let provider: String
    package let address: String
    /// The day on which the prices were looked up, as `2026-10-24`.
    package let asOf: String

    package init(provider: String, address: String, asOf: String) {
      self.provider = provider
      self.address = address
      self.asOf = asOf
    }
  }

  package struct Entry: Sendable, Hashable {
    package let page: Page
    package let names: Names
    package let price: ModelPrice

    package init(page: Page, names: Names, price: ModelPrice) {
      self.page = page
      self.names = names
      self.price = price
    }
  }

  package let entries: [Entry]
  /// What every model costs that runs on this machine.
  private let priceHere: ModelPrice

  /// - Parameter price: of what runs on this machine; another than free is for measuring.
  package init(_ entries: [Entry], onThisMachine price: ModelPrice = .free) {
    self.entries = entries
    priceHere = price
  }

  /// The youngest day on which a price of this list was looked up; nil for an empty one.
  package var asOf: String? { entries.map(\.page.asOf).max() }

  /// What a model costs.
  ///
  /// - Parameters:
  ///   - model: as the provider spells it.
  ///   - provider: whose it is, as ``ModelProvider/name`` says.
  ///   - endpoint: where it is asked; nil for one that is not asked over a network.
  ///   - isOwn: whether that is a server of one's own elsewhere, which costs what this machine does.
  /// - Returns: nil when it is not known. A name that is there exactly comes before a beginning, a longer beginning
  ///   before a shorter one.
  package func price(
    of model: String, by provider: String, at endpoint: EndpointURL?, isOwn: Bool = false
  ) -> ModelPrice? {
    if isOwn || endpoint?.isLoopback == true { return priceHere }
    if endpoint == nil, provider == BuiltInModel().name { return .free }
    return entries.filter { $0.page.provider == provider && $0.names.match(model) }
      .max { $0.names.weight < $1.names.weight }?.price
  }
}

extension PriceList.Names {
  fileprivate func match(_ model: String) -> Bool {
    switch self {
    case .exact(let name): model == name
    case .beginning(let name): model.hasPrefix(name)
    }
  }

  fileprivate var weight: Int {
    switch self {
    case .exact: .max
    case .beginning(let name): name.utf8.count
    }
  }
}

extension ModelPrice {
  package static let free = ModelPrice(inputMicros: 0, outputMicros: 0)

  /// Whether no call can cost anything.
  package var isFree: Bool { inputMicros == 0 && outputMicros == 0 && (cachedInputMicros ?? 0) == 0 }
}
