/// How people reach this server, for links that are printed.
struct PublicAddress: Sendable, CustomStringConvertible {
  private let configuration: WebConfiguration
  private let listening: ListeningAddress

  init(_ configuration: WebConfiguration, listening: ListeningAddress) {
    self.configuration = configuration
    self.listening = listening
  }

  var description: String {
    if let origin = configuration.publicOrigin { return origin.description }
    let isEverywhere = ["0.0.0.0", "::"].contains(configuration.host)
    let host = isEverywhere ? "127.0.0.1" : configuration.host
    return "http://\(host.contains(":") ? "[\(host)]" : host):\(listening.port ?? configuration.port)"
  }
}
