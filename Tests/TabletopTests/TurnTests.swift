import Inference
import Operations
import Proposals
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Tabletop

@Suite("Turns in a campaign", .timeLimit(.minutes(2)))
struct TurnTests {
  private func sample() async throws -> (TestCampaign, TestTurns) {
    let campaign = try await TestCampaign(importing: try SampleCampaign.document)
    let model = ChosenModel(provider: BuiltInModel(), model: BuiltInModel.model, contextTokens: 131_072)
    let turns = try TestTurns(
      campaign.arbiter, router: ScriptedRouter(model), surfaces: [CampaignSurface(sealer: campaign.store.sealer)])
    return (campaign, turns)
  }

  /// What the built-in model proposes for its published intents is what the campaign takes.
  @Test(arguments: [
    "I cast fireball at the goblins", "Fireball goblin 1 and Skarrit", "cast Burning Hands at level 2 at the goblins",
    "cast Fire Bolt at Skarrit", "cast Hold Person on Brother Oswin", "cast Web at the goblins",
    "attack Skarrit with my dagger", "attack goblin 2", "heal me", "roll 2d6+3", "wait 10 minutes", "short rest",
    "I cast Scorching Ray at Skarrit", "cast Magic Missile at goblin 1",
  ])
  func `what the built-in model proposes is executed`(sentence: String) async throws {
    let (campaign, turns) = try await sample()
    let run = try await turns.take(sentence, on: "campaigns/\(campaign.id)")
    #expect(run.outcome == .executed, "\(run.attempts) \(run.say ?? "") \(run.problem ?? "")")
    #expect(run.narrative?.by == .builtIn)
    #expect(run.calls.allSatisfy { $0.badge == .builtIn })
    #expect(try await campaign.arbiter.rebuild(reexecuting: true).isEqual)
  }

  @Test(arguments: ["look around", "dance with the moon", "cast Wish at the goblins", ""])
  func `what it does not understand it says in words, with things to say instead`(sentence: String) async throws {
    let (campaign, turns) = try await sample()
    guard !sentence.isEmpty else {
      await #expect(throws: OperationError.self) { try await turns.take(sentence, on: "campaigns/\(campaign.id)") }
      return
    }
    let run = try await turns.take(sentence, on: "campaigns/\(campaign.id)")
    #expect(run.outcome == .told)
    #expect(run.say?.isEmpty == false)
    #expect(run.examples?.isEmpty == false)
  }

  @Test func `a fireball takes the slot and the hit points that its results tell, and undoing it gives both back`()
    async throws
  {
    let (campaign, turns) = try await sample()
    let before = try await campaign.sheet()
    let run = try await turns.take("I cast fireball at the goblins", on: "campaigns/\(campaign.id)")
    let after = try await campaign.sheet()
    #expect(
      run.operations.map(\.operation) == ["consume_resource", "roll_dice", "roll_saving_throw_batch", "apply_damage"])
    #expect(after.creatures[0].resource("spell_slot_3")?.current == 1)
    let rolled = try #require(run.operations[1].output?["total"]?.int64)
    let saves = try #require(run.operations[2].output?["results"]?.items)
    for save in saves {
      let id = try #require(save["target"]?.text)
      let was = try #require(before.creatures.first { "\($0.id)" == id }?.hitPoints.current)
      let lost = save["success"]?.flag == true ? rolled / 2 : rolled
      #expect(after.creatures.first { "\($0.id)" == id }?.hitPoints.current == max(0, was - lost))
    }
    _ = try await turns.desk.undo(run.id, as: campaign.arbiter.owner)
    #expect(try await campaign.sheet() == before)
  }

  @Test func `a model is told who acts with every bonus by its source, and that numbers include it`() throws {
    let campaign = try SampleCampaign.document.decode(Campaign.self)
    let text = try #require(CampaignBrief(campaign).brief().sections.first { $0.title == "who acts" }).text
    #expect(text.contains("Cloak of Protection: +1 AC, +1 saves"))
    #expect(text.contains("includes them already"))
    #expect(text.contains("spell_slot_3"))
    #expect(
      text.contains("spell Fireball: level 3; takes 1 spell_slot_3; dexterity save, dc 15; 8d6 fire; half on a save"))
  }

  @Test func `another campaign's ids are nobody here`() async throws {
    let (campaign, turns) = try await sample()
    let plan: JSON = [
      "operations": [
        ["operation": "apply_damage", "input": ["targets": ["marsh_hag"], "amount": 5, "type": "fire"]],
        ["operation": "heal", "input": ["target": "pc_mira", "amount": -5]],
        [
          "operation": "apply_damage",
          "input": ["campaign": "other", "target": "goblin_1", "amount": 1, "type": "cold"],
        ],
      ]
    ]
    let error = await #expect(throws: OperationError.self) {
      try await turns.take("", proposal: plan, on: "campaigns/\(campaign.id)")
    }
    #expect(
      Set(error?.errors.map(\.pointer) ?? []) == [
        "/proposal/operations/0/input/targets/0", "/proposal/operations/1/input/amount",
        "/proposal/operations/2/input/campaign",
      ])
  }
}
