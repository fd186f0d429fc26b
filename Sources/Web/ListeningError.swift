import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why the server cannot listen where it is told to; in one sentence, with what would help.
package struct ListeningError: Error, Sendable, CustomStringConvertible {
  package let description: String

  /// - Parameter error: what binding or listening met.
  init(_ error: IOError, host: String, port: Int) {
    let place = "port \(port) of \(host)"
    description =
      switch error.errnoCode {
      case EADDRINUSE:
        "Another program listens on \(place). Stop it, or choose another port with --port (0 is any free one)."
      case EACCES, EPERM:
        "This account may not listen on \(place). Ports below 1024 are the administrator's; choose another with --port."
      case EADDRNOTAVAIL: "This machine has no address \(host). Choose one that it has with --host, such as 127.0.0.1."
      default: "The server cannot listen on \(place): \(String(cString: strerror(error.errnoCode)))."
      }
  }
}
