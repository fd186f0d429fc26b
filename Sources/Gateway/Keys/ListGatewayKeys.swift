package import Events
import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// The keys of programs outside, without their secrets.
package struct ListGatewayKeys: ReadDefinition {
  package static let name = "list_gateway_keys"
  package static let version = 1
  package static let permission = Permission("gateway.keys.read", from: .owner)
  package static let about = OperationAbout(
    "List gateway keys",
    "The keys that programs outside ask models with, oldest first, without their secrets; revoked ones too.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let items: [ListedGatewayKey]
    /// Where the events begin that come after this list.
    package let cursor: String
  }

  private let events: EventLog

  package init(events: EventLog) { self.events = events }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let uses = try CallLedger.lastUses(in: transaction).keys
    return Output(
      items: try GatewayKeyTables.keys(in: transaction).map { ListedGatewayKey($0, lastUsedAt: uses[$0.id]) },
      cursor: try events.cursor(of: ["gateway"], in: transaction).description)
  }
}
