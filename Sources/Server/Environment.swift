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
  /// Where people reach a server that listens on `port`.
  func publicOrigin(port: Int) -> String {
    if let origin { return origin }
    let name = host.contains(":") ? "[\(host)]" : host
    return "http://\(name):\(port)"
  }
}
