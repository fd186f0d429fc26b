/// Why somebody was not let in.
package struct IdentityError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case linkUnknown = "sign_in_link_unknown"
    case linkUsed = "sign_in_link_used"
    case linkExpired = "sign_in_link_expired"
    /// No session, or one that has ended.
    case signedOut = "signed_out"
  }

  package let kind: Kind
  package let message: String

  static let linkUnknown = IdentityError(
    kind: .linkUnknown, message: "This is not a sign-in link of this Arbiter. Print a new one with: arbiter link")
  static let linkUsed = IdentityError(
    kind: .linkUsed, message: "This sign-in link was used already; each works once. Print a new one with: arbiter link")
  static let linkExpired = IdentityError(
    kind: .linkExpired,
    message: "This sign-in link has expired; links work for ten minutes. Print a new one with: arbiter link")
  package static let signedOut = IdentityError(
    kind: .signedOut, message: "You are not signed in. Print a sign-in link with: arbiter link")

  package var description: String { message }
}
