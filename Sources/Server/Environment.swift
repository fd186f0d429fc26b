#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The process's environment.
enum Environment {
  static var current: [String: String] { ProcessInfo.processInfo.environment }
}

extension ServerSettings {
  /// Where a terminal of this machine reaches a server that listens on `port`.
  func localAddress(port: Int) -> String {
    switch host {
    case "0.0.0.0", "localhost": "http://127.0.0.1:\(port)"
    case "::", "::1": "http://[::1]:\(port)"
    default: "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
  }

  /// Where people reach a server that listens on `port`.
  func publicOrigin(port: Int) -> String {
    if let origin { return origin }
    let name = host.contains(":") ? "[\(host)]" : host
    return "http://\(name):\(port)"
  }
}
