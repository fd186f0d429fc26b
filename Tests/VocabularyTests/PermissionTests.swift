import Testing
import Vocabulary

@Suite("Roles")
struct PermissionTests {
  @Test(arguments: [
    (Role.viewer, [true, false, false]), (.editor, [true, true, false]), (.owner, [true, true, true]),
  ])
  func `a role carries what it and lesser ones may`(role: Role, may: [Bool]) {
    let principal = Principal(workspace: WorkspaceID(UniqueID(high: 0, low: 1)), person: nil, name: "Wren", role: role)
    #expect(Role.allCases.map { principal.may(Permission("dice.roll", from: $0)) } == may)
  }
}
