import StrictJSON
import Testing

@testable import Web

@Suite("Paths and queries")
struct RequestTargetTests {
  private func target(_ text: String) throws(Problem) -> RequestTarget { try RequestTarget(text, limits: WebLimits()) }

  @Test(arguments: [
    ("/", []), ("/dice", ["dice"]), ("/a/b", ["a", "b"]), ("/a/", ["a", ""]), ("//a", ["", "a"]),
    ("/a%2Fb/c", ["a/b", "c"]), ("/%C3%A9", ["é"]), ("/a+b", ["a+b"]), ("/a?b=c/d", ["a"]),
  ])
  func `a path is decoded once, segment by segment`(text: String, segments: [String]) throws {
    #expect(try target(text).segments == segments)
  }

  @Test(arguments: ["", "a", "*", "http://evil/", "/%", "/%2", "/%zz", "/%00", "/%ff", "/%C3", "/%ED%A0%80"])
  func `a path that cannot be decoded is malformed`(text: String) {
    #expect(throws: Problem.self) { try target(text) }
  }

  @Test func `a query keeps order, decodes plus and escapes, and knows empty values`() throws {
    let query = try target("/?a=1&b=x+y%26z&c=&d&a=2").query
    #expect(query.map(\.name) == ["a", "b", "c", "d", "a"])
    #expect(query.map(\.value) == ["1", "x y&z", "", "", "2"])
  }

  @Test func `a query may have a hundred parameters and an address 8192 bytes`() throws {
    func query(_ count: Int) -> String { (0..<count).map { "p\($0)=1" }.joined(separator: "&") }
    #expect(try target("/?\(query(100))").query.count == 100)
    #expect(throws: Problem.self) { try target("/?\(query(101))") }
    #expect(try target("/" + String(repeating: "a", count: 8191)).segments.count == 1)
    #expect(throws: Problem.self) { try target("/" + String(repeating: "a", count: 8192)) }
  }

  @Test func `unknown and repeated parameters are named with their place`() throws {
    let target = try target("/?limit=1&limt=2&limit=3")
    let problem = #expect(throws: Problem.self) { try QueryCheck.demand(["limit"], in: target) }
    #expect(problem?.errors.map(\.pointer) == ["/limt", "/limit"])
    #expect(problem?.errors.first?.allowed == ["limit"])
  }
}

@Suite("Route templates")
struct RouteTemplateTests {
  @Test(arguments: [
    ("/", [], [:]), ("/a/{id}", ["a", "7"], ["id": "7"]), ("/a/{id}/b", ["a", "x/y", "b"], ["id": "x/y"]),
    ("/assets/{path*}", ["assets", "css", "a.css"], ["path": "css/a.css"]),
  ])
  func `a template finds its parameters`(template: String, path: [String], parameters: [String: String]) {
    #expect(RouteTemplate(template).match(path) == parameters)
  }

  @Test(arguments: [
    ("/a/{id}", ["a", ""]), ("/a/{id}", ["a"]), ("/a/{id}", ["a", "b", "c"]), ("/a", ["A"]),
    ("/assets/{path*}", ["assets"]),
  ])
  func `a path that does not fit is no match`(template: String, path: [String]) {
    #expect(RouteTemplate(template).match(path) == nil)
  }
}
