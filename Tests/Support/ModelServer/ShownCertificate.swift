/// What a server shows to prove who it is, which a client that trusts ``root`` alone takes or refuses.
///
/// Made once, for tests alone; all but ``expired`` hold until 2120. With `openssl`: a root and a key on the curve prime256v1;
/// each certificate by `openssl ca -startdate 20200101000000Z -enddate 21200101000000Z`, signed by the root or by itself,
/// with the name in `subjectAltName`.
package enum ShownCertificate: Sendable, CaseIterable {
  /// For 127.0.0.1, where ``ModelServer`` listens.
  case right
  /// For elsewhere.example.
  case otherName
  /// For 127.0.0.1, until the end of 2020.
  case expired
  /// For 127.0.0.1, vouched for by itself alone.
  case selfSigned

  var pem: String {
    switch self {
    case .right: Self.rightPEM
    case .otherName: Self.otherNamePEM
    case .expired: Self.expiredPEM
    case .selfSigned: Self.selfSignedPEM
    }
  }

  /// Vouches for all but ``selfSigned``.
  package static let root = """
    -----BEGIN CERTIFICATE-----
    MIIBYzCCAQqgAwIBAgICEAEwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNUm9vdCBv
    ZiB0ZXN0czAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGDEWMBQG
    A1UEAwwNUm9vdCBvZiB0ZXN0czBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDcR
    YmNr0TjpK+ZmcbnIXMMBWCmrL6c8hbsBsI3FxEuYHos9VVoCITON8PB821mg+wTC
    V5cojUih8y5zZ8fBHZGjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD
    AgIEMB0GA1UdDgQWBBTyuPsYiQIG3vu++nmmHWC0VLToADAKBggqhkjOPQQDAgNH
    ADBEAiA574CM6xvT5e1htK+MworNsgud+y+hIpAFcxV3ULDmSQIgOd8PTR9oobK0
    KrT6ijRIFuxTZClLaZ/0L4QPm6mrArw=
    -----END CERTIFICATE-----
    """

  /// Of all of them, known to everybody.
  static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEnpgwRPMCRckKxJE
    Z0gFMAdSM2LqlQaBU4rPNaiIluyhRANCAATr4pd427eU2u0oB/7xdk0iYunt6Rx2
    StK4NRdtesnRY3G9U0Al8uVI3pQ+r5iknHQUye+K/0go6bs+SjZ1uwH+
    -----END PRIVATE KEY-----
    """

  private static let rightPEM = """
    -----BEGIN CERTIFICATE-----
    MIIBjjCCATWgAwIBAgICEAMwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNUm9vdCBv
    ZiB0ZXN0czAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowDzENMAsG
    A1UEAwwEZ29vZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOvil3jbt5Ta7SgH
    /vF2TSJi6e3pHHZK0rg1F216ydFjcb1TQCXy5UjelD6vmKScdBTJ74r/SCjpuz5K
    NnW7Af6jdjB0MA8GA1UdEQQIMAaHBH8AAAEwDAYDVR0TAQH/BAIwADATBgNVHSUE
    DDAKBggrBgEFBQcDATAdBgNVHQ4EFgQUYuaGid8cn3NAK/hGWRnbb+wcrRwwHwYD
    VR0jBBgwFoAU8rj7GIkCBt77vvp5ph1gtFS06AAwCgYIKoZIzj0EAwIDRwAwRAIg
    dCfYDWQ3mvesLWNO1LQ8Er4GuEEqKVx8VCRlfvWk84wCIGs3SFDcHLrZsGL+en0K
    mSmLVdcAmu4Yz8Bl9KXEyJPo
    -----END CERTIFICATE-----
    """

  private static let otherNamePEM = """
    -----BEGIN CERTIFICATE-----
    MIIBnjCCAUWgAwIBAgICEAQwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNUm9vdCBv
    ZiB0ZXN0czAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowEDEOMAwG
    A1UEAwwFb3RoZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATr4pd427eU2u0o
    B/7xdk0iYunt6Rx2StK4NRdtesnRY3G9U0Al8uVI3pQ+r5iknHQUye+K/0go6bs+
    SjZ1uwH+o4GEMIGBMBwGA1UdEQQVMBOCEWVsc2V3aGVyZS5leGFtcGxlMAwGA1Ud
    EwEB/wQCMAAwEwYDVR0lBAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFGLmhonfHJ9z
    QCv4RlkZ22/sHK0cMB8GA1UdIwQYMBaAFPK4+xiJAgbe+776eaYdYLRUtOgAMAoG
    CCqGSM49BAMCA0cAMEQCIDq/ggUyy6QLSTExGlqfirk1BvbdI/vD6UC7V0/t7k6l
    AiBVUk5i0gERo6nDReX8WNGZdNAHkjLZNuKOX9yUVAeqxw==
    -----END CERTIFICATE-----
    """

  private static let expiredPEM = """
    -----BEGIN CERTIFICATE-----
    MIIBjzCCATagAwIBAgICEAUwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNUm9vdCBv
    ZiB0ZXN0czAeFw0yMDAxMDEwMDAwMDBaFw0yMTAxMDEwMDAwMDBaMBIxEDAOBgNV
    BAMMB2V4cGlyZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATr4pd427eU2u0o
    B/7xdk0iYunt6Rx2StK4NRdtesnRY3G9U0Al8uVI3pQ+r5iknHQUye+K/0go6bs+
    SjZ1uwH+o3YwdDAPBgNVHREECDAGhwR/AAABMAwGA1UdEwEB/wQCMAAwEwYDVR0l
    BAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFGLmhonfHJ9zQCv4RlkZ22/sHK0cMB8G
    A1UdIwQYMBaAFPK4+xiJAgbe+776eaYdYLRUtOgAMAoGCCqGSM49BAMCA0cAMEQC
    IBp7oYk3PZZpCEu8hYa3hrREggxlQaFutbq4zBztHbAYAiA4RzoNmih6+0XB0/Po
    8HFcmqbAx50TYKU5PvreSGwN2Q==
    -----END CERTIFICATE-----
    """

  private static let selfSignedPEM = """
    -----BEGIN CERTIFICATE-----
    MIIBTzCB9qADAgECAgIQAjAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtzZWxmLXNp
    Z25lZDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UE
    AwwLc2VsZi1zaWduZWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATr4pd427eU
    2u0oB/7xdk0iYunt6Rx2StK4NRdtesnRY3G9U0Al8uVI3pQ+r5iknHQUye+K/0go
    6bs+SjZ1uwH+ozIwMDAPBgNVHREECDAGhwR/AAABMB0GA1UdDgQWBBRi5oaJ3xyf
    c0Ar+EZZGdtv7BytHDAKBggqhkjOPQQDAgNIADBFAiEAptk7Xfgl3MxPwCIXIhwS
    wT8TTCYievNsSCtss/THWs8CIFgHFvpERRiChoGjOO7Naoky1L99VCoAaH0ffddE
    ANer
    -----END CERTIFICATE-----
    """
}
