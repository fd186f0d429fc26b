import StrictJSON
import Testing

@Suite("The name that was probably meant")
struct NearestNameTests {
  private static let names = [
    "pc_mira", "npc_oswin", "goblin_1", "goblin_2", "goblin_boss", "spell-slot-3", "old_lantern_keeper",
    "young_lantern_thief",
  ]

  @Test(arguments: [
    ("pc_mirra", "pc_mira"), ("PC-Mira", "pc_mira"), ("golbin_1", "goblin_1"), ("mira", "pc_mira"), ("Mira", "pc_mira"),
    ("boss", "goblin_boss"), ("slot", "spell-slot-3"),
  ])
  func `is the nearest, or the only one with that part`(given: String, meant: String) {
    #expect(Self.names.nearest(to: given) == meant)
  }

  @Test(arguments: [
    "lantern", "ir", "", "_", "dragon", "pc_mira_of_the_far_and_forgotten_lands_beyond_every_sea_and_hill",
  ])
  func `is none when nothing is near, or several are alike`(given: String) {
    #expect(Self.names.nearest(to: given) == nil)
  }
}
