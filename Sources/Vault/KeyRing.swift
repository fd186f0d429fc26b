package import Crypto
package import Storage
package import Vocabulary

/// The vault's keys and what is done with them: seal, open, and derive keys for other uses.
///
/// `docs/formats/vault.md` gives every byte of the envelope:
/// key id (8) ‖ salt (16) ‖ nonce (12) ‖ ciphertext ‖ tag (16). Each envelope has a key of its own, derived with
/// HKDF-SHA-256 (RFC 5869) from the vault key and the salt, so that the bound on random nonces under one AES-256-GCM key
/// (NIST SP 800-38D, section 8.3) is never near.
package struct KeyRing: Sealer {
  /// Seals everything new. It is in `known` too.
  package let primary: VaultKey
  private let known: [[UInt8]: VaultKey]
  private let random: any RandomSource

  package init(primary: VaultKey, others: [VaultKey] = [], random: any RandomSource) {
    self.primary = primary
    known = Dictionary((others + [primary]).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    self.random = random
  }

  package func seal(_ bytes: [UInt8], for place: SealedPlace) throws -> [UInt8] {
    let salt = random.bytes(Envelope.saltCount)
    let nonce = try AES.GCM.Nonce(data: random.bytes(Envelope.nonceCount))
    let box = try AES.GCM.seal(
      bytes, using: key(of: primary, salt: salt), nonce: nonce, authenticating: place.authenticated(by: primary.id))
    return Envelope(
      keyID: primary.id, salt: salt, nonce: Array(nonce), ciphertext: Array(box.ciphertext), tag: Array(box.tag)
    )
    .bytes
  }

  package func open(_ sealed: [UInt8], for place: SealedPlace) throws -> [UInt8] {
    guard let envelope = Envelope(bytes: sealed) else {
      throw VaultError(.notAuthentic, "A sealed value is shorter than an envelope.")
    }
    guard let vaultKey = known[envelope.keyID] else {
      throw VaultError(
        .unknownKey,
        "A sealed value needs the vault key \(envelope.keyID.hexadecimal), which the key file does not hold.")
    }
    do {
      let box = try AES.GCM.SealedBox(
        nonce: AES.GCM.Nonce(data: envelope.nonce), ciphertext: envelope.ciphertext, tag: envelope.tag)
      return Array(
        try AES.GCM.open(
          box, using: key(of: vaultKey, salt: envelope.salt), authenticating: place.authenticated(by: vaultKey.id)))
    } catch {
      throw VaultError(
        .notAuthentic,
        "A sealed value in \(place.table).\(place.column) was changed or moved from another row; it is not opened.")
    }
  }

  /// A key for another use than sealing, from the primary key: the same purpose gives the same key.
  package func derivedKey(for purpose: StaticString) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: primary.secret, info: Array("arbiter \(purpose) v1".utf8), outputByteCount: 32)
  }

  private func key(of vaultKey: VaultKey, salt: [UInt8]) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: vaultKey.secret, salt: salt, info: Array("arbiter envelope v1".utf8), outputByteCount: 32)
  }
}

/// The bytes of a sealed value.
struct Envelope {
  static let keyIDCount = 8
  static let saltCount = 16
  static let nonceCount = 12
  static let tagCount = 16

  let keyID, salt, nonce, ciphertext, tag: [UInt8]

  var bytes: [UInt8] { keyID + salt + nonce + ciphertext + tag }

  init(keyID: [UInt8], salt: [UInt8], nonce: [UInt8], ciphertext: [UInt8], tag: [UInt8]) {
    self.keyID = keyID
    self.salt = salt
    self.nonce = nonce
    self.ciphertext = ciphertext
    self.tag = tag
  }

  init?(bytes: [UInt8]) {
    let head = Self.keyIDCount + Self.saltCount + Self.nonceCount
    guard bytes.count >= head + Self.tagCount else { return nil }
    keyID = Array(bytes[..<8])
    salt = Array(bytes[8..<24])
    nonce = Array(bytes[24..<head])
    ciphertext = Array(bytes[head..<(bytes.count - Self.tagCount)])
    tag = Array(bytes.suffix(Self.tagCount))
  }
}

extension SealedPlace {
  /// What the tag covers besides the ciphertext: each part with its length before it, so that no two places give the same
  /// bytes.
  func authenticated(by keyID: [UInt8]) -> [UInt8] {
    let parts: [[UInt8]] = [
      Array("arbiter sealed v1".utf8), keyID, Array(table.description.utf8), Array(column.description.utf8),
      workspace.raw.bytes, row,
    ]
    return parts.flatMap { part in
      (0..<4).map { UInt8(truncatingIfNeeded: part.count >> (24 - 8 * $0)) } + part
    }
  }
}
