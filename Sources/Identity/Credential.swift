import Crypto
package import Vocabulary

/// A secret that lets somebody in: the workspace it belongs to and 32 unpredictable bytes. Only its digest is stored.
///
/// As text it is base64url without padding (RFC 4648, section 5) of the 48 bytes. It prints as nothing.
package struct Credential: Sendable, CustomStringConvertible {
  package let workspace: WorkspaceID
  private let secret: [UInt8]

  package init(workspace: WorkspaceID, random: any RandomSource) {
    self.workspace = workspace
    secret = random.bytes(32)
  }

  /// Reads the text form; nil when it is not one.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 64, let bytes = Base64URL.decode(text), bytes.count == 48,
      let workspace = UniqueID(bytes: bytes[..<16])
    else { return nil }
    self.workspace = WorkspaceID(workspace)
    secret = Array(bytes[16...])
  }

  /// What is handed to the person, once.
  package var text: String { Base64URL.encode(workspace.raw.bytes + secret) }

  /// SHA-256 of the secret with the kind of thing it opens, so that a link's digest is no session's.
  package func digest(as kind: StaticString) -> [UInt8] {
    Array(SHA256.hash(data: Array("arbiter \(kind) v1".utf8) + [0] + secret))
  }

  package var description: String { "a credential" }
}

/// Base64 with the URL alphabet and without padding.
enum Base64URL {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The place of each byte in the alphabet; 64 for one that is not in it.
  private static let places = (UInt8.min...UInt8.max).map { UInt8(alphabet.firstIndex(of: $0) ?? 64) }

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits = 0
    var held: UInt32 = 0
    for byte in bytes {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[Int(held >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { text.append(alphabet[Int(held << UInt32(6 - bits) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for another character, and for leftover bits that are not zero: each text has one meaning.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var held: UInt32 = 0
    bytes.reserveCapacity(text.utf8.count / 4 * 3 + 2)
    for character in text.utf8 {
      let value = places[Int(character)]
      guard value < 64 else { return nil }
      held = held << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
      }
    }
    guard bits < 6, held & (1 << UInt32(bits) - 1) == 0 else { return nil }
    return bytes
  }
}
