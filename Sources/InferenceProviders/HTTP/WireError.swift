import AsyncHTTPClient
import Inference
import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a broken connection means for a call.
enum WireError {
  /// - Parameter hasBegun: whether the head of an answer had come.
  static func inferenceError(for error: any Error, from provider: String, hasBegun: Bool) -> any Error {
    switch error {
    case is InferenceError, is CancellationError: return error
    case let error as HTTPClientError where error == .cancelled: return CancellationError()
    case _ where hasBegun: return InferenceError.cut(provider)
    default: break
    }
    if let fault = CertificateFault(error) {
      return InferenceError(
        .untrusted, from: provider,
        "\(provider) cannot prove that it is who was to be asked: \(fault.words) Nothing was sent; look at its address."
      )
    }
    return InferenceError(
      .refused, from: provider,
      "\(provider) cannot be reached: \(reason(error)). Nothing was answered; look at its address and whether it runs.")
  }

  /// In words, without what a library puts into its descriptions.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as HTTPClientError where error == .connectTimeout: "there was no connection in time"
    case let error as HTTPClientError where error == .remoteConnectionClosed:
      "it closed the connection without an answer"
    case ChannelError.connectTimeout: "there was no connection in time"
    case let error as HTTPClientError: error.shortDescription
    case let error as IOError where error.errnoCode == ECONNREFUSED: "nobody listens there"
    case let error as IOError where error.errnoCode == ECONNRESET: "it reset the connection"
    case is NIOConnectionError: "nobody listens there"
    default: "\(type(of: error))"
    }
  }
}
