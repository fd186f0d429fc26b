/// The names that `Host` may have, each alone or with the port that the server listens on.
struct HostNames: Sendable {
  private let bare: Set<String>
  private let exact: Set<String>
  private let address: ListeningAddress

  init(_ configuration: WebConfiguration, address: ListeningAddress) {
    let bound = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let isEverywhere = ["0.0.0.0", "[::]"].contains(bound)
    bare = Set(["127.0.0.1", "localhost", "[::1]"] + (isEverywhere ? [] : [bound.lowercased()]))
    exact = Set(
      configuration.allowedHosts.map { $0.lowercased() } + (configuration.publicOrigin.map { [$0.authority] } ?? []))
    self.address = address
  }

  func contain(_ host: String) -> Bool {
    guard host.utf8.count <= 300 else { return false }
    let host = host.lowercased()
    if bare.contains(host) || exact.contains(host) { return true }
    guard let port = address.port, host.hasSuffix(":\(port)") else { return false }
    let name = String(host.dropLast(":\(port)".count))
    return bare.contains(name) || exact.contains(name)
  }

  var list: [String] { (bare.union(exact)).sorted() }
}
