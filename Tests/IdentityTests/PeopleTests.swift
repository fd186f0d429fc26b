import Identity
import Storage
import TestKit
import Testing
import Vocabulary

@Suite("Signing in")
struct PeopleTests {
  private func link(_ arbiter: TestWorkspace) async throws -> Credential {
    let person = try #require(arbiter.owner.person)
    return try await arbiter.database.write("test.link", in: arbiter.workspace) {
      [people = arbiter.people] transaction in
      try people.makeLink(for: person, in: transaction).credential
    }
  }

  private func signIn(_ link: Credential, _ arbiter: TestWorkspace) async throws -> (Session, Credential) {
    try await arbiter.database.write("test.in", in: arbiter.workspace) { [people = arbiter.people] transaction in
      let (session, credential) = try people.signIn(with: link, in: transaction)
      return (session, credential)
    }
  }

  private func session(_ credential: Credential, _ arbiter: TestWorkspace) async throws -> Session? {
    try await arbiter.database.read("test.session", in: arbiter.workspace) { [people = arbiter.people] transaction in
      try people.session(of: credential, in: transaction)?.session
    }
  }

  @Test func `a link signs its person in`() async throws {
    let arbiter = try await TestWorkspace()
    let (session, credential) = try await signIn(link(arbiter), arbiter)
    #expect(session.principal == arbiter.owner)
    #expect(try await self.session(credential, arbiter) == session)
  }

  @Test func `a link works once, also when many try at once`() async throws {
    let arbiter = try await TestWorkspace()
    let link = try await link(arbiter)
    let signedIn = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 { group.addTask { (try? await signIn(link, arbiter)) != nil } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(signedIn == 1)
    let error = await #expect(throws: IdentityError.self) { try await signIn(link, arbiter) }
    #expect(error?.kind == .linkUsed)
  }

  @Test func `a link expires after ten minutes`() async throws {
    let arbiter = try await TestWorkspace()
    let link = try await link(arbiter)
    arbiter.clock.advance(by: .seconds(600))
    let error = await #expect(throws: IdentityError.self) { try await signIn(link, arbiter) }
    #expect(error?.kind == .linkExpired)
  }

  @Test func `a made-up link, and a session's credential, are unknown`() async throws {
    let arbiter = try await TestWorkspace()
    let (_, credential) = try await signIn(link(arbiter), arbiter)
    for link in [Credential(workspace: arbiter.workspace, random: arbiter.random), credential] {
      let error = await #expect(throws: IdentityError.self) { try await signIn(link, arbiter) }
      #expect(error?.kind == .linkUnknown)
    }
  }

  @Test func `a session ends when it is not used, when it is too old, and when it is signed out`() async throws {
    let arbiter = try await TestWorkspace()
    let (_, idle) = try await signIn(link(arbiter), arbiter)
    arbiter.clock.advance(by: .seconds(14 * 86_400))
    #expect(try await session(idle, arbiter) == nil)

    let (_, busy) = try await signIn(link(arbiter), arbiter)
    for _ in 0..<9 {
      arbiter.clock.advance(by: .seconds(9 * 86_400))
      #expect(try await session(busy, arbiter) != nil)
      try await arbiter.database.write("test.use", in: arbiter.workspace) { [people = arbiter.people] in
        try people.noteUse(of: busy, in: $0)
      }
    }
    arbiter.clock.advance(by: .seconds(9 * 86_400))
    #expect(try await session(busy, arbiter) == nil)

    let (_, left) = try await signIn(link(arbiter), arbiter)
    try await arbiter.database.write("test.out", in: arbiter.workspace) { [people = arbiter.people] in
      try people.signOut(left, in: $0)
    }
    #expect(try await session(left, arbiter) == nil)
  }

  @Test func `the database holds no credential`() async throws {
    let arbiter = try await TestWorkspace()
    let (_, credential) = try await signIn(link(arbiter), arbiter)
    let text = credential.text
    let read = try #require(Credential(text))
    #expect(read.text == text)
    #expect("\(credential)" == "a credential")
    let digests: [[UInt8]] = try await arbiter.database.read("test.digests", in: arbiter.workspace) { transaction in
      try transaction.rows("SELECT digest FROM sessions").map { try $0.get("digest") }
    }
    let bytes = Array(text.utf8)
    #expect(digests.allSatisfy { $0.count == 32 && !bytes.starts(with: $0) })
  }

  @Test(arguments: [
    "", "x", String(repeating: "A", count: 63), String(repeating: "=", count: 64), String(repeating: "é", count: 32),
  ])
  func `a text that is no credential is nil`(text: String) {
    #expect(Credential(text) == nil)
  }
}
