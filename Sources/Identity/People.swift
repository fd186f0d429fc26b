package import Storage
package import Vocabulary

/// Who there is, and who is signed in: members, one-time links, sessions.
///
/// The verbs on a transaction are synchronous, so that a caller can join them with other changes.
package struct People: Sendable {
  package static let migrations = [
    Migration(
      module: "identity", number: 1, name: "create members, sign-in links and sessions",
      statements: [
        """
        CREATE TABLE members (
          workspace BLOB NOT NULL,
          person BLOB NOT NULL,
          name TEXT NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'owner')),
          created_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, person)
        )
        """,
        """
        CREATE TABLE sign_in_links (
          workspace BLOB NOT NULL,
          digest BLOB NOT NULL,
          person BLOB NOT NULL,
          expires_at BIGINT NOT NULL,
          used_at BIGINT,
          PRIMARY KEY (workspace, digest)
        )
        """,
        """
        CREATE TABLE sessions (
          workspace BLOB NOT NULL,
          digest BLOB NOT NULL,
          id BLOB NOT NULL,
          person BLOB NOT NULL,
          created_at BIGINT NOT NULL,
          used_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, digest)
        )
        """,
      ])
  ]

  private let policy: SignInPolicy
  private let random: any RandomSource
  private let ids: any IDSource

  package init(policy: SignInPolicy = SignInPolicy(), random: any RandomSource, ids: any IDSource) {
    self.policy = policy
    self.random = random
    self.ids = ids
  }

  // MARK: Members

  /// Adds a member and returns who that is.
  package func enrol(name: String, role: Role, in transaction: any Transaction) throws -> Principal {
    let person: PersonID = ids.make()
    try transaction.run(
      """
      INSERT INTO members (workspace, person, name, role, created_at)
      VALUES (\(transaction.workspace), \(person), \(name), \(role.rawValue), \(transaction.time))
      """)
    return Principal(workspace: transaction.workspace, person: person, name: name, role: role)
  }

  /// The member who has owned the workspace longest: the person at a terminal of this machine.
  package func owner(in transaction: any ReadTransaction) throws -> Principal? {
    let owner: Member? = try transaction.first(
      """
      SELECT person, name, role FROM members WHERE workspace = \(transaction.workspace) AND role = 'owner'
      ORDER BY person LIMIT 1
      """, as: Member.self)
    return owner.map { $0.principal(in: transaction.workspace) }
  }

  // MARK: Sign-in links

  /// Makes a link for `person` that works once. The credential is the only copy.
  package func makeLink(
    for person: PersonID, in transaction: any Transaction
  ) throws -> (credential: Credential, expiresAt: Timestamp) {
    let credential = Credential(workspace: transaction.workspace, random: random)
    let expiresAt = transaction.time.advanced(by: policy.linkLifetime)
    try transaction.run(
      """
      DELETE FROM sign_in_links
      WHERE workspace = \(transaction.workspace) AND expires_at < \(transaction.time.advanced(by: .seconds(-86_400)))
      """)
    try transaction.run(
      """
      INSERT INTO sign_in_links (workspace, digest, person, expires_at)
      VALUES (\(transaction.workspace), \(credential.digest(as: "link")), \(person), \(expiresAt))
      """)
    return (credential, expiresAt)
  }

  /// Uses a link up and begins a session.
  ///
  /// - Throws: ``IdentityError`` for a link that is unknown, used or expired.
  package func signIn(
    with link: Credential, in transaction: any Transaction
  ) throws -> (session: Session, credential: Credential) {
    let digest = link.digest(as: "link")
    let found: Link? = try transaction.first(
      """
      SELECT person, expires_at, used_at FROM sign_in_links
      WHERE workspace = \(transaction.workspace) AND digest = \(digest)
      """, as: Link.self)
    guard let found else { throw IdentityError.linkUnknown }
    guard found.usedAt == nil else { throw IdentityError.linkUsed }
    guard found.expiresAt > transaction.time else { throw IdentityError.linkExpired }
    let used = try transaction.run(
      """
      UPDATE sign_in_links SET used_at = \(transaction.time)
      WHERE workspace = \(transaction.workspace) AND digest = \(digest) AND used_at IS NULL
      """)
    guard used == 1 else { throw IdentityError.linkUsed }
    guard let principal = try member(found.person, in: transaction) else { throw IdentityError.linkUnknown }
    return try beginSession(for: principal, person: found.person, in: transaction)
  }

  // MARK: Sessions

  private func beginSession(
    for principal: Principal, person: PersonID, in transaction: any Transaction
  ) throws -> (session: Session, credential: Credential) {
    let credential = Credential(workspace: transaction.workspace, random: random)
    let session = Session(
      id: ids.make(), principal: principal, createdAt: transaction.time,
      expiresAt: transaction.time.advanced(by: policy.sessionLifetime))
    try transaction.run(
      """
      DELETE FROM sessions WHERE workspace = \(transaction.workspace) AND (expires_at < \(transaction.time)
        OR used_at < \(transaction.time.advanced(by: .zero - policy.sessionIdle)))
      """)
    try transaction.run(
      """
      INSERT INTO sessions (workspace, digest, id, person, created_at, used_at, expires_at)
      VALUES (\(transaction.workspace), \(credential.digest(as: "session")), \(session.id), \(person),
        \(transaction.time), \(transaction.time), \(session.expiresAt))
      """)
    return (session, credential)
  }

  /// The session of a credential, and whether its use is worth noting (see ``noteUse(of:in:)``); nil when it has ended.
  package func session(
    of credential: Credential, in transaction: any ReadTransaction
  ) throws -> (session: Session, isUseDue: Bool)? {
    let row: SessionRow? = try transaction.first(
      """
      SELECT s.id, s.person, s.created_at, s.used_at, s.expires_at, m.name, m.role
      FROM sessions s JOIN members m ON m.workspace = s.workspace AND m.person = s.person
      WHERE s.workspace = \(transaction.workspace) AND s.digest = \(credential.digest(as: "session"))
      """, as: SessionRow.self)
    guard let row, row.expiresAt > transaction.time,
      row.usedAt.advanced(by: policy.sessionIdle) > transaction.time
    else { return nil }
    let principal = Principal(workspace: transaction.workspace, person: row.person, name: row.name, role: row.role)
    return (
      Session(id: row.id, principal: principal, createdAt: row.createdAt, expiresAt: row.expiresAt),
      row.usedAt.advanced(by: policy.useResolution) <= transaction.time
    )
  }

  package func noteUse(of credential: Credential, in transaction: any Transaction) throws {
    try transaction.run(
      """
      UPDATE sessions SET used_at = \(transaction.time)
      WHERE workspace = \(transaction.workspace) AND digest = \(credential.digest(as: "session"))
      """)
  }

  /// Ends a session; nothing happens when it has ended already.
  package func signOut(_ credential: Credential, in transaction: any Transaction) throws {
    try transaction.run(
      """
      DELETE FROM sessions
      WHERE workspace = \(transaction.workspace) AND digest = \(credential.digest(as: "session"))
      """)
  }

  private func member(_ person: PersonID, in transaction: any ReadTransaction) throws -> Principal? {
    let member: Member? = try transaction.first(
      "SELECT person, name, role FROM members WHERE workspace = \(transaction.workspace) AND person = \(person)",
      as: Member.self)
    return member.map { $0.principal(in: transaction.workspace) }
  }
}

private struct Member: Decodable {
  let person: PersonID
  let name: String
  let role: Role

  func principal(in workspace: WorkspaceID) -> Principal {
    Principal(workspace: workspace, person: person, name: name, role: role)
  }
}

private struct Link: Decodable {
  let person: PersonID
  let expiresAt: Timestamp
  let usedAt: Timestamp?
}

private struct SessionRow: Decodable {
  let id: SessionID
  let person: PersonID
  let createdAt, usedAt, expiresAt: Timestamp
  let name: String
  let role: Role
}
