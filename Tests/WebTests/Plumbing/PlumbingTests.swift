import Operations
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("What machines ask", .timeLimit(.minutes(5)))
struct PlumbingTests {
  @Test func `it is alive and ready`() async throws {
    try await EdgeUnderTest.run { edge in
      let health = try await edge.send("GET", "/healthz")
      #expect(health.text == #"{"status":"ok"}"#)
      let readiness = try await edge.send("GET", "/readyz")
      #expect(readiness.text == #"{"checks":{"database":"ok"},"status":"ready"}"#)
    }
  }

  @Test func `it says which program it is to whoever is signed in`() async throws {
    try await EdgeUnderTest.run {
      $0.version = "3.2.1"
    } _: { edge in
      let answer = try await edge.terminal("GET", "/api/v1/version")
      #expect(answer.text == #"{"name":"Arbiter","version":"3.2.1"}"#)
      #expect(try await edge.send("GET", "/api/v1/version").problem == "signed_out")
    }
  }

  @Test func `metrics have bounded labels, and strangers do not see them`() async throws {
    try await EdgeUnderTest.run { edge in
      for number in 0..<5 { _ = try await edge.send("GET", "/api/v1/rolls/\(number)") }
      _ = try await edge.send("BREW", "/nothing")
      let text = try await edge.send("GET", "/metrics").text
      #expect(text.contains(#"arbiter_http_requests_total{method="GET",route="/api/v1/rolls/{id}",status="4xx"} 5"#))
      #expect(text.contains("# TYPE arbiter_http_request_seconds histogram"))
      for header in ["X-Forwarded-For", "Forwarded"] {
        #expect(try await edge.send("GET", "/metrics", headers: [header: "for=1.2.3.4"]).problem == "signed_out")
        #expect(try await edge.terminal("GET", "/metrics", headers: [header: "for=1.2.3.4"]).status == 200)
      }
    }
  }

  @Test func `a problem explains itself to programs and to people`() async throws {
    try await EdgeUnderTest.run { edge in
      let json = try await edge.send("GET", "/problems/undo_conflict").json()
      #expect(json["status"]?.int64 == 409)
      #expect(json["explanation"]?.text == ProblemCode.undoConflict.facts.explanation)
      let page = try await edge.send("GET", "/problems/undo_conflict", headers: ["Accept": "text/html"])
      #expect(page.text.contains("<h1>\(ProblemCode.undoConflict.title)</h1>"))
      #expect(try await edge.send("GET", "/problems/nothing").problem == "unknown_path")
    }
  }

  @Test func `the request's id is in the answer, the log and the problem, and is ours`() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.send("GET", "/api/v1/nothing", headers: ["X-Request-Id": "mine"])
      let id = try #require(answer["x-request-id"])
      #expect(id != "mine")
      #expect(try answer.json()["requestId"]?.text == id)
      let line = try #require(edge.log.lines.last { $0.message == "request" })
      #expect(line.facts["request"] == id)
      #expect(line.facts["status"] == "404")
      #expect(line.facts["problem"] == "unknown_path")
    }
  }

  @Test func `the log says who, and how many bytes`() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.terminal("GET", "/api/v1/workspace")
      let line = try #require(edge.log.lines.last { $0.message == "request" })
      #expect(line.facts["route"] == "/api/v1/workspace")
      #expect(line.facts["person"] == edge.world.owner.person?.description)
      #expect(line.facts["bytes"] == "\(answer.body.count)")
      #expect(line.facts["milliseconds"].flatMap { Double($0) } != nil)
    }
  }
}

@Suite("The description of the interface", .timeLimit(.minutes(5)))
struct OpenAPITests {
  private func document() async throws -> JSON {
    let world = try await EdgeUnderTest.describe()
    return world
  }

  @Test func `every reference leads somewhere`() async throws {
    let document = try await document()
    var references: [String] = []
    func collect(_ value: JSON) {
      switch value {
      case .object(let members):
        if let reference = members["$ref"]?.text { references.append(reference) }
        for member in members { collect(member.value) }
      case .array(let items): for item in items { collect(item) }
      default: break
      }
    }
    collect(document)
    #expect(references.count > 20)
    for reference in references {
      let pointer = try #require(reference.hasPrefix("#") ? JSONPointer(String(reference.dropFirst())) : nil)
      #expect(document[pointer] != nil, "\(reference)")
    }
  }

  @Test func `every operation has an id of its own, its path's parameters, answers and problems`() async throws {
    let document = try await document()
    var ids: Set<String> = []
    for (path, methods) in try #require(document["paths"]?.members) {
      let names = path.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
      for (method, operation) in methods.members ?? [:] {
        let isNew = ids.insert(operation["operationId"]?.text ?? "").inserted
        #expect(isNew, "\(method) \(path)")
        let parameters = operation["parameters"]?.items ?? []
        let inPath = parameters.filter { $0["in"]?.text == "path" }.compactMap { $0["name"]?.text }
        #expect(inPath == names, "\(method) \(path)")
        let responses = try #require(operation["responses"]?.members)
        #expect(responses["default"]?["$ref"]?.text == "#/components/responses/Problem")
        #expect(responses.keys.contains { $0.hasPrefix("2") || $0.hasPrefix("3") })
      }
    }
    #expect(ids.count >= 30)
  }

  @Test func `changes take an idempotency key, and what two can edit an entity tag`() async throws {
    let paths = try #require(try await document()["paths"])
    func names(_ path: String, _ method: String) -> [String] {
      (paths[path]?[method]?["parameters"]?.items ?? []).compactMap { $0["name"]?.text }
    }
    #expect(names("/api/v1/rolls", "post") == ["Idempotency-Key"])
    #expect(names("/api/v1/workspace", "patch") == ["If-Match", "Idempotency-Key"])
    #expect(names("/api/v1/rolls", "get") == ["limit", "before"])
    let body = paths["/api/v1/workspace"]?["patch"]?["requestBody"]?["content"]?["application/json"]?["schema"]
    #expect(body?["properties"]?.members?.keys == ["name"])
  }

  @Test func `it is one OpenAPI 3 point 1 document that anybody may read`() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.send("GET", "/openapi.json")
      #expect(answer.status == 200)
      #expect(try answer.json()["openapi"]?.text == "3.1.0")
      for route in edge.world.desk.catalogue.routes {
        let place = try answer.json()["paths"]?["/api/v1\(route.path)"]?[route.method.rawValue.lowercased()]
        #expect(place?["operationId"]?.text == route.operation, "\(route.path)")
      }
    }
  }
}

extension EdgeUnderTest {
  /// The OpenAPI document as it is served.
  static func describe() async throws -> JSON {
    let (stream, continuation) = AsyncStream.makeStream(of: JSON.self)
    try await run { edge in continuation.yield(try await edge.send("GET", "/openapi.json").json()) }
    var iterator = stream.makeAsyncIterator()
    return await iterator.next() ?? .null
  }
}
