import Gateway
import Storage
import Testing

@Suite("The gateway's set")
struct GatewaySetTests {
  @Test func `names each of its migrations once`() {
    let names = Gateway.migrations.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
