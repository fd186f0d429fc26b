/// The address below which a provider's calls lie: `https://api.openai.com/v1`.
package struct EndpointURL: Sendable, Hashable, CustomStringConvertible {
  package static let bytesMax = 2_048

  /// Without a slash at its end.
  package let description: String

  /// - Returns: nil unless the text is `http://` or `https://` with a host and without a name or password, query,
  ///   fragment or anything but visible ASCII. A slash at the end is dropped.
  package init?(_ text: String) {
    let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
    guard let scheme, text.utf8.count <= Self.bytesMax else { return nil }
    let rest = text.dropFirst(scheme.count)
    let host = rest.prefix { $0 != "/" }
    guard !host.isEmpty, host.first != ":", !host.contains("@"),
      rest.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"?#\\\"<>^`{|}".utf8.contains($0) })
    else { return nil }
    var path = rest
    while path.last == "/" { path.removeLast() }
    description = scheme + path
  }

  /// The address of a call: `/chat/completions`.
  func appending(_ path: String) -> String { description + path }
}
