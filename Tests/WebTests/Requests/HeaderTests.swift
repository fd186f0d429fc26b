import HTTPTypes
import Operations
import StrictJSON
import Testing

@testable import Web

@Suite("Headers that mean something")
struct HeaderTests {
  @Test(arguments: [
    ("abc", "abc"), ("\"abc\"", "abc"), (#""a\"b\\c""#, #"a"b\c"#), ("!", "!"),
    (String(repeating: "k", count: 128), String(repeating: "k", count: 128)),
  ])
  func `an idempotency key is a bare token or a structured string`(text: String, key: String) throws {
    #expect(try IdempotencyHeader.key(in: [.idempotencyKey: text])?.description == key)
  }

  @Test(arguments: [
    "", "\"\"", "a b", "\"a", "a\"", #""a"b""#, #""a\"#, #""a\n""#, "ä", String(repeating: "k", count: 129),
  ])
  func `any other idempotency key is refused`(text: String) {
    #expect(throws: Problem.self) { try IdempotencyHeader.key(in: [.idempotencyKey: text]) }
  }

  @Test func `two idempotency keys are refused`() {
    var headers: HTTPFields = [.idempotencyKey: "a"]
    headers.append(HTTPField(name: .idempotencyKey, value: "a"))
    #expect(throws: Problem.self) { try IdempotencyHeader.key(in: headers) }
  }

  @Test(arguments: [("\"3\"", "3"), ("\"a-b\"", "a-b"), ("\"\"", "")])
  func `If-Match names one tag`(text: String, tag: String) throws {
    #expect(try EntityTag.wanted(by: [.ifMatch: text]) == tag)
  }

  @Test(arguments: [
    ("3", ProblemCode.malformedPrecondition), ("*", .malformedPrecondition), ("\"3", .malformedPrecondition),
    ("\"3\", \"4\"", .malformedPrecondition), ("\"", .malformedPrecondition), ("W/\"3\"", .preconditionFailed),
  ])
  func `any other If-Match is refused`(text: String, code: ProblemCode) {
    let problem = #expect(throws: Problem.self) { try EntityTag.wanted(by: [.ifMatch: text]) }
    #expect(problem?.code == code)
  }

  @Test func `no If-Match is a precondition required`() {
    let problem = #expect(throws: Problem.self) { try EntityTag.wanted(by: [:]) }
    #expect(problem?.code == .preconditionRequired)
  }

  @Test(arguments: [
    ("http://localhost:8282", "http", "localhost:8282"), ("https://A.example", "https", "a.example"),
    ("https://a.example:443", "https", "a.example"), ("http://a.example:80", "http", "a.example"),
    ("http://[::1]:9", "http", "[::1]:9"),
  ])
  func `an origin is scheme and authority`(text: String, scheme: String, authority: String) {
    #expect(Origin(text)?.scheme == scheme)
    #expect(Origin(text)?.authority == authority)
  }

  @Test(arguments: ["null", "", "http:", "http://", "ftp://a", "http://a/", "http://a/b", "http://u@a", "file://", "a"])
  func `anything else is no origin`(text: String) {
    #expect(Origin(text) == nil)
  }
}

@Suite("Host names")
struct HostNamesTests {
  private func makeHosts(_ configure: (inout WebConfiguration) -> Void = { _ in }) -> HostNames {
    var configuration = WebConfiguration()
    configure(&configuration)
    let address = ListeningAddress()
    address.note(port: 8282)
    return HostNames(configuration, address: address)
  }

  @Test(arguments: ["127.0.0.1", "localhost", "[::1]", "127.0.0.1:8282", "LocalHost:8282", "[::1]:8282"])
  func `the loopback names are ours, alone and with our port`(host: String) {
    #expect(makeHosts().contain(host))
  }

  @Test(arguments: [
    "", "evil", "localhost:80", "localhost:8283", "localhost.", "localhost:", "localhost.evil", "evil:8282", "127.1",
    "localhost:8282:8282", "127.0.0.1.nip.io", "user@localhost", "::1",
  ])
  func `nothing else is`(host: String) {
    #expect(!makeHosts().contain(host))
  }

  @Test func `names from the configuration are ours`() {
    let hosts = makeHosts {
      $0.allowedHosts = ["Table.local"]
      $0.publicOrigin = Origin("https://dice.example")
    }
    #expect(hosts.contain("table.local:8282"))
    #expect(hosts.contain("dice.example"))
    #expect(!hosts.contain("0.0.0.0"))
  }

  @Test func `an address that was bound is ours, the unspecified one is not`() {
    #expect(makeHosts { $0.host = "192.168.1.5" }.contain("192.168.1.5:8282"))
    #expect(!makeHosts { $0.host = "0.0.0.0" }.contain("0.0.0.0:8282"))
  }
}
