package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// All attempts of one call.
package struct ListCallAttempts: ReadDefinition {
  package static let name = "list_call_attempts"
  package static let version = 1
  package static let permission = ListModelCalls.permission
  package static let about = OperationAbout(
    "List the attempts of a call",
    "Every attempt of the call that an attempt belongs to, in order: a call is asked again, or elsewhere, when an attempt "
      + "brings no answer.",
    example: Input(id: ModelCallID(UniqueID(high: 0x0197_a3c1_0000_7000, low: 0x8000_0000_0000_0001))))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let id: ModelCallID
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("A call", properties: ["id": .init("The id of any of its attempts.")])
    }
  }

  package struct Output: Codable, Sendable {
    package let items: [ModelCallRow]
  }

  package init() {}

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let attempts = try CallLedger.attempts(with: input.id, in: transaction)
    guard !attempts.isEmpty else {
      throw OperationError(.notFound, "There is no model call \(input.id) in this workspace.")
    }
    return Output(items: attempts)
  }
}
