import Foundation
import Operations
import StrictJSON
import TestKit
import Testing

@testable import Tabletop

/// Ten spells of different shapes as a model would propose them, with dice and what a person worked out for them.
@Suite("Spells")
struct SpellTests {
  struct Proposal: Codable {
    struct Step: Codable {
      let operation: String
      let input: JSON
      let resultKey: String?

      private enum CodingKeys: String, CodingKey {
        case operation, input
        case resultKey = "result_key"
      }
    }

    struct Expectation: Codable {
      let why: String
      let results: [String: [String: JSON]]
      let hitPoints: [String: Int64]?
      let temporary: [String: Int64]?
      let resources: [String: Int64]?
      let conditions: [String: [String]]?

      private enum CodingKeys: String, CodingKey {
        case why, results
        case hitPoints = "hit_points"
        case temporary, resources, conditions
      }
    }

    let spell: String
    let shape: String
    let operations: [Step]
    /// The faces that come up, by the result that they belong to.
    let dice: [String: [UInt32]]
    let expect: Expectation
  }

  static let files = [
    "01-fire-bolt", "02-fireball", "03-sacred-flame", "04-cure-wounds", "05-entangle", "06-scorching-ray",
    "07-thunderwave-upcast", "08-false-life", "09-magic-missile", "10-ice-storm",
  ]

  @Test(arguments: files)
  func `a spell does what a person worked out for its dice`(file: String) async throws {
    let data = try Data(contentsOf: TestCampaign.folder.appending(path: "\(file).json"))
    let proposal = try JSON(parsing: [UInt8](data)).decode(Proposal.self)
    let table = try await TestCampaign()
    let before = try await table.sheet()
    var results: [String: (operation: String, output: JSON)] = [:]
    for step in proposal.operations {
      let input = try table.resolve(step, results)
      let faces = step.resultKey.flatMap { proposal.dice[$0] } ?? []
      let decision = try await table.force(step.operation, input, faces: faces)
      if let key = step.resultKey { results[key] = (step.operation, decision.output) }
    }
    let expect = proposal.expect
    for (key, values) in expect.results {
      for (pointer, value) in values { #expect(results[key]?.output.at(pointer) == value, "\(key)\(pointer)") }
    }
    let after = try await table.sheet()
    for (old, new) in zip(before.creatures, after.creatures) {
      let id = "\(new.id)"
      #expect(new.hitPoints.current == expect.hitPoints?[id] ?? old.hitPoints.current, "\(id)")
      #expect(new.hitPoints.temporary == expect.temporary?[id] ?? old.hitPoints.temporary, "\(id)")
      #expect(new.conditions.map(\.name) == expect.conditions?[id] ?? old.conditions.map(\.name), "\(id)")
      for (resource, balance) in zip(new.resources, old.resources) {
        #expect(resource.current == expect.resources?["\(resource.id)"] ?? balance.current, "\(resource.id)")
      }
    }
  }
}

extension TestCampaign {
  /// The input with its references replaced by what they refer to.
  fileprivate func resolve(
    _ step: SpellTests.Proposal.Step, _ results: [String: (operation: String, output: JSON)]
  ) throws -> JSON {
    let references = try arbiter.desk.catalogue.change(named: step.operation).facts.references
    guard case .object(var input) = step.input else { return step.input }
    for reference in references {
      guard let key = input["\(reference.field)_ref"]?.string else { continue }
      let source = try #require(results[key], "\(key) is no earlier result")
      let path = try #require(
        reference.sources[source.operation], "\(reference.field) takes none of \(source.operation)")
      input["\(reference.field)_ref"] = nil
      let value: JSON = try #require(source.output.at(path.map { "/\($0)" }.joined()))
      input[reference.field] = value
    }
    return .object(input)
  }
}
