import Inference
import StrictJSON
import Testing

@Suite("Origins that may be spoken to in clear")
struct LocalOriginsTests {
  private static func fault(of address: String, allowing origins: [String] = []) throws -> String? {
    try LocalOrigins(origins).fault(of: try #require(EndpointURL(address)))?.code
  }

  @Test(arguments: [
    "https://models.example.com/v1", "http://127.0.0.1:11434/v1", "http://127.9.9.9/v1", "http://[::1]:8080/v1",
  ])
  func `encrypted, and to the numbers of this machine, everything may be sent`(address: String) throws {
    #expect(try Self.fault(of: address) == nil)
  }

  @Test(arguments: [
    "http://models.example.com/v1", "http://localhost:11434/v1", "http://127.0.0.1.evil.example/v1",
    "http://0x7f.0.0.1/v1", "http://127.1/v1", "http://192.168.1.20:11434/v1", "http://[::2]/v1",
  ])
  func `in clear to anybody else nothing is sent, until its origin is listed`(address: String) throws {
    #expect(try Self.fault(of: address) == "insecure_address")
    let origin = try #require(address.wholeMatch(of: /(.*)\/v1/)?.1)
    #expect(try Self.fault(of: address, allowing: [String(origin)]) == nil)
  }

  @Test(arguments: [
    ("http://192.168.1.20:11434", "http://192.168.1.20:11434/anything", true),
    ("HTTP://NAS.local:80", "http://nas.LOCAL/v1", true), ("http://nas.local/", "http://nas.local:80/v1", true),
    ("http://192.168.1.20:11434", "http://192.168.1.20/v1", false),
    ("http://192.168.1.20:11434", "http://192.168.1.20:1143/v1", false),
    ("http://192.168.1.20:11434", "http://192.168.1.20:114340/v1", false),
    ("http://192.168.1.20:11434", "http://192.168.1.2:11434/v1", false),
    ("http://nas.local", "http://nas.local.evil.example/v1", false),
    ("http://nas.local", "http://evil.nas.local/v1", false),
    ("http://nas.local", "http://nas.local./v1", false), ("https://nas.local:8000", "http://nas.local:8000/v1", false),
  ])
  func `an origin is scheme, host and port, and nothing near it`(origin: String, address: String, isAllowed: Bool)
    throws
  {
    guard let endpoint = EndpointURL(address) else { return #expect(!isAllowed) }
    #expect((try LocalOrigins([origin]).fault(of: endpoint) == nil) == isAllowed)
  }

  @Test(arguments: [
    "192.168.1.20:11434", "http://192.168.1.20:11434/v1", "ftp://nas.local", "http://", "http://*.local",
    "http://192.168.1.0/24", "http://me@nas.local", "http://nas.local:0", "http://nas.local?x", "", "http://nas local",
  ])
  func `what is no origin is refused and named`(text: String) throws {
    let fault = #expect(throws: LocalOrigins.Fault.self) { try LocalOrigins(["http://nas.local", text]) }
    #expect(fault?.text == text)
  }

  @Test func `there are sixteen at most, and twice the same is one`() throws {
    let origins = (1...16).map { "http://10.0.0.\($0)" }
    #expect(try LocalOrigins(origins + ["http://10.0.0.1:80"]).description == origins.joined(separator: ","))
    #expect(throws: LocalOrigins.Fault.tooMany) { try LocalOrigins(origins + ["http://10.0.0.17"]) }
  }

  @Test func `servers are looked for at this machine's usual addresses, and at each origin once`() throws {
    let servers = try LocalOrigins(["http://127.0.0.1:11434", "http://nas.local:8000"]).servers
    #expect(servers == LocalServer.known + [LocalServer(name: "nas.local", baseURL: "http://nas.local:8000/v1")])
    #expect(LocalOrigins.none.servers == LocalServer.known)
  }
}
