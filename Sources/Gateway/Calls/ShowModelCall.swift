package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// One attempt at asking a model.
package struct ShowModelCall: ReadDefinition {
  package static let name = "show_model_call"
  package static let version = 1
  package static let permission = ListModelCalls.permission
  package static let about = OperationAbout(
    "Show a model call", "One attempt at asking a model: what was asked for, how it ended and what it cost.",
    example: Input(id: ModelCallID(UniqueID(high: 0x0197_a3c1_0000_7000, low: 0x8000_0000_0000_0001))))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let id: ModelCallID
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("A call", properties: ["id": .init("The attempt's id.")])
    }
  }

  package init() {}

  package func answer(
    _ input: Input, as principal: Principal, in transaction: any ReadTransaction
  ) throws -> ModelCallRow {
    guard let call = try CallLedger.call(input.id, in: transaction) else {
      throw OperationError(.notFound, "There is no model call \(input.id) in this workspace.")
    }
    return call
  }
}
