import StrictJSON
import Testing

@testable import Operations
@testable import Terminal

@Suite("arbiter keys")
struct KeysCommandTests {
  private static let id = "0197a3c1-0000-7000-8000-000000000001"

  /// Answers `list_gateway_keys` with one key.
  private static func list(_ call: OperationCall) -> Performed {
    let output: JSON = [
      "items": [
        [
          "id": .string(id), "name": "notebook", "hint": "x7Qa", "models": ["default"], "person": .null,
          "createdAt": "2026-11-22T00:00:00Z", "expiresAt": .null, "revokedAt": .null,
          "lastUsedAt": "2026-11-22T09:00:00Z",
        ],
        [
          "id": "0197a3c1-0000-7000-8000-000000000002", "name": "notebook", "hint": "aaaa", "models": [],
          "person": .null,
          "createdAt": "2026-11-21T00:00:00Z", "expiresAt": .null, "revokedAt": "2026-11-21T12:00:00Z",
          "lastUsedAt": .null,
        ],
      ], "cursor": "gateway:1",
    ]
    return Performed(output: call.operation == "list_gateway_keys" ? output : [:], row: .row(5), isRepeated: false)
  }

  @Test func `create prints the secret alone, and says that it is told once`() async throws {
    let bench = try Bench()
    #expect(await bench.run("keys", "create", "notebook", "--model", "default", "--expires", "2027-01-31") == .success)
    #expect(bench.output == "arb_secret\n")
    #expect(bench.diagnostics.contains("only time"))
    #expect(
      bench.folder.log.contains { $0.hasPrefix(#"make key notebook for ["default"] until 2027-01-31T00:00:00"#) })
  }

  @Test(arguments: ["tomorrow", "2027-13-01", ""])
  func `an end that is none is refused before anything is made`(_ text: String) async throws {
    let bench = try Bench()
    #expect(await bench.run("keys", "create", "notebook", "--expires", text) == .usage)
    #expect(bench.output.isEmpty && bench.opened.value.isEmpty)
  }

  @Test func `list shows keys without secrets`() async throws {
    let bench = try Bench(.init(perform: { call, _ in Self.list(call) }))
    #expect(await bench.run("keys", "list") == .success)
    for word in [
      "notebook", "…x7Qa", "default", "never", Self.id, "2026-11-22T09:00:00Z", "not lately",
      "revoked 2026-11-21T12:00:00Z",
    ] { #expect(bench.output.contains(word)) }
  }

  @Test func `revoke takes a key by its name, and names those there are when there is none`() async throws {
    let bench = try Bench(.init(perform: { call, _ in Self.list(call) }))
    #expect(await bench.run("keys", "revoke", "notebook") == .success)
    #expect(bench.output == "notebook is revoked: the next call with it is refused.\n")
    #expect(await bench.run("keys", "revoke", "other") == .usage)
    #expect(bench.diagnostics.contains("“notebook” (\(Self.id))"))
  }
}
