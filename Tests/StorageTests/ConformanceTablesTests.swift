import Storage
import StorageConformance
import Testing

@Suite struct ConformanceTablesTests {
  @Test func `the conformance suite's own tables are in the dialect`() {
    // The log is the append log of the dialect: its key is one counter kept by the writer.
    #expect(Dialect.lint(StorageConformance.migrations, workspaceExceptions: ["conformance_log"]).isEmpty)
  }

  @Test func `no two cases have one name`() {
    let names = StorageConformance.cases.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
