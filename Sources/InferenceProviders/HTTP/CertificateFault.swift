import NIOSSL

/// Why a server could not prove that it is who was to be asked. Nothing is sent to it: TLS ends before the request begins.
enum CertificateFault {
  /// Its certificate is for another name.
  case otherName
  /// Nobody trusted vouches for its certificate, or its time is over.
  case notVouchedFor

  /// - Returns: nil when the connection failed for another reason.
  init?(_ error: any Error) {
    switch error {
    case let error as NIOSSLExtraError where error == .failedToValidateHostname: self = .otherName
    case NIOSSLError.handshakeFailed(.sslError(let stack)) where stack.contains(where: Self.isOfVerification):
      self = .notVouchedFor
    case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate: self = .notVouchedFor
    default: return nil
    }
  }

  /// BoringSSL's codes are not told; its words are.
  private static func isOfVerification(_ error: BoringSSLInternalError) -> Bool {
    error.description.contains("CERTIFICATE_VERIFY_FAILED")
  }

  /// For people, after the provider's name.
  var words: String {
    switch self {
    case .otherName: "its certificate is for another name."
    case .notVouchedFor:
      "nobody whom this machine trusts vouches for its certificate, or the certificate's time is over."
    }
  }
}
