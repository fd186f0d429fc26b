import StrictJSON
import Testing

@testable import Operations
@testable import Terminal

@Suite("arbiter routes")
struct RoutesCommandTests {
  private static let ids = (1...3).map { "0197a3c1-0000-7000-8000-00000000000\($0)" }

  /// Answers the lists with two connections, of which one's name begins as the other's, and one route; and every change with
  /// what it was given.
  private static func answer(_ call: OperationCall) -> Performed {
    let output: JSON =
      switch call.operation {
      case "list_models":
        [
          "chosen": .null, "cursor": "models:1",
          "connections": .array(
            zip(["Mine", "Mine/lab", "Twin", "Twin"], ids + [ids[0].replacing("1", with: "9")]).map { name, id in
              [
                "id": .string(id), "name": .string(name), "model": "small", "baseURL": "https://a.example",
                "hasKey": true,
              ]
            }),
        ]
      case "list_routes":
        [
          "items": [
            [
              "name": "careful",
              "entries": [["connection": .string(ids[0]), "model": "large"], ["model": "built-in"]],
              "firstPieceSeconds": 20, "retries": 0, "goesOn": true,
            ]
          ], "assignments": [["surface": "gateway", "route": "careful"]], "cursor": "models:1",
        ]
      default: call.input
      }
    return Performed(output: output, row: .row(5), isRepeated: false)
  }

  private func bench() throws -> Bench { try Bench(.init(perform: { call, _ in Self.answer(call) })) }

  @Test func `list shows who is asked in which order, who uses it, and how it was set`() async throws {
    let bench = try bench()
    #expect(await bench.run("routes", "list") == .success)
    let line = try #require(bench.output.split(separator: "\n").last)
    #expect(
      line.split(separator: "  ", omittingEmptySubsequences: true).map { $0.drop { $0 == " " } } == [
        "careful", "large of Mine, then built-in", "gateway", "--first-piece-seconds 20 --retries 0 --goes-on",
      ])
    let documents = try self.bench()
    #expect(await documents.run("routes", "list", "--json") == .success)
    #expect(try documents.document["items"]?[0]?["name"] == "careful")
  }

  @Test func `set takes connections by name or id, with a model or without, and all there is to say`() async throws {
    let bench = try bench()
    let arguments = [
      "routes", "set", "careful", "Mine/openai/large", "Mine/lab/large", Self.ids[2], "built-in", "--connect-seconds",
      "1", "--first-piece-seconds", "2", "--silence-seconds", "3", "--whole-seconds", "4", "--retries", "0",
      "--goes-on", "--output-tokens-max", "5", "--cache-seconds", "6",
    ]
    #expect(await bench.run(arguments) == .success)
    let asked = try #require(bench.folder.log.first { $0.hasPrefix("perform set_route ") })
    let input = try JSON(parsing: String(asked.dropFirst("perform set_route ".count).dropLast(" fresh-key".count)))
    #expect(
      input == [
        "name": "careful",
        "entries": [
          ["connection": .string(Self.ids[0]), "model": "openai/large"],
          ["connection": .string(Self.ids[1]), "model": "large"],
          ["connection": .string(Self.ids[2]), "model": "small"], ["model": "built-in"],
        ],
        "connectSeconds": 1, "firstPieceSeconds": 2, "silenceSeconds": 3, "wholeSeconds": 4, "retries": 0,
        "goesOn": true, "outputTokensMax": 5, "cacheSeconds": 6,
      ])
    #expect(
      bench.output
        == "careful asks openai/large of Mine, then large of Mine/lab, then small of Twin, then built-in.\n")
  }

  @Test func `what is left out is left to the server`() async throws {
    let bench = try bench()
    #expect(await bench.run("routes", "set", "fast", "Mine", "--json") == .success)
    let entries: JSON = [["connection": .string(Self.ids[0]), "model": "small"]]
    #expect(try bench.document == ["name": "fast", "entries": entries])
  }

  @Test(arguments: [
    ("Yours/large", "is no connection"), ("Twin/large", "is said of 2 connections"), ("Mine/", "is no"),
  ])
  func `an entry that is none, or several, names what there is and sets nothing`(
    _ entry: String, _ words: String
  ) async throws {
    let bench = try bench()
    #expect(await bench.run("routes", "set", "careful", entry) == .usage)
    #expect(bench.diagnostics.contains(words) && bench.diagnostics.contains("“Mine” (\(Self.ids[0]))"))
    #expect(!bench.folder.log.contains { $0.hasPrefix("perform set_route") })
  }

  @Test func `remove and assign say what is asked from then on`() async throws {
    let bench = try bench()
    #expect(await bench.run("routes", "remove", "careful") == .success)
    #expect(await bench.run("routes", "assign", "tabletop", "careful") == .success)
    #expect(await bench.run("routes", "assign", "gateway") == .success)
    #expect(
      bench.output == """
        careful is removed: what used it asks the chosen model.
        The tabletop asks careful.
        The gateway asks the chosen model.

        """)
    let log = bench.folder.log
    #expect(log.contains(#"perform remove_route {"name":"careful"} fresh-key"#))
    #expect(log.contains(#"perform assign_route {"route":"careful","surface":"tabletop"} fresh-key"#))
    #expect(log.contains(#"perform assign_route {"surface":"gateway"} fresh-key"#))
  }

  @Test(arguments: [
    ["routes", "set"], ["routes", "set", "careful"], ["routes", "set", "careful", "Mine", "--retries", "often"],
    ["routes", "remove"], ["routes", "assign", "kitchen", "careful"], ["routes", "assign"],
  ])
  func `what makes no sense is status 2, and nothing is asked`(_ arguments: [String]) async throws {
    let bench = try bench()
    #expect(await bench.run(arguments) == .usage)
    #expect(bench.opened.value.isEmpty)
  }
}
