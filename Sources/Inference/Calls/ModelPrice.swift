/// What a model costs, in micro-dollars per million tokens: 3 dollars a million are 3,000,000.
package struct ModelPrice: Sendable, Hashable, Codable {
  package var inputMicros: Int64
  package var outputMicros: Int64
  /// For tokens that the provider had in its cache; nil when they cost what others do.
  package var cachedInputMicros: Int64?

  /// - Parameters: each from 0; a negative price is a programming error of who keeps the prices.
  package init(inputMicros: Int64, outputMicros: Int64, cachedInputMicros: Int64? = nil) {
    precondition(min(inputMicros, outputMicros, cachedInputMicros ?? 0) >= 0, "a price is never negative")
    self.inputMicros = inputMicros
    self.outputMicros = outputMicros
    self.cachedInputMicros = cachedInputMicros
  }

  /// What a call cost in micro-dollars, rounded up.
  ///
  /// - Returns: nil when it is not known: tokens that were not told, or numbers no call can have.
  package func micros(of usage: TokenUsage) -> Int64? {
    guard let input = usage.input, let output = usage.output else { return nil }
    let cached = usage.cachedInput ?? 0
    guard input >= 0, output >= 0, (0...input).contains(cached) else { return nil }
    var millionths: Int64 = 0
    for (tokens, price) in [
      (input - cached, inputMicros), (cached, cachedInputMicros ?? inputMicros), (output, outputMicros),
    ] {
      let (product, isTooMuch) = tokens.multipliedReportingOverflow(by: price)
      let (sum, isTooMany) = millionths.addingReportingOverflow(product)
      guard !isTooMuch, !isTooMany else { return nil }
      millionths = sum
    }
    return millionths / 1_000_000 + (millionths % 1_000_000 == 0 ? 0 : 1)
  }
}
