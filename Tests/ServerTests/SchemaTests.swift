import Server
import Storage
import Testing

@Suite("The schema")
struct SchemaTests {
  @Test func `workspace comes first in every primary key and unique index, and every statement is of the dialect`() {
    let problems = Dialect.lint(ArbiterFolder.migrations, workspaceExceptions: [])
    #expect(problems.isEmpty, "\(problems)")
    #expect(ArbiterFolder.migrations.count >= 6)
  }

  @Test func `steps of a module are numbered without a gap`() {
    for (module, steps) in Dictionary(grouping: ArbiterFolder.migrations, by: \.module) {
      #expect(steps.map(\.number) == Array(1...steps.count), "\(module)")
    }
  }
}
