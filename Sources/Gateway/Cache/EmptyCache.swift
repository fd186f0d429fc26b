package import Events
import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Takes all answers that were kept away: the next equal call is asked anew.
package struct EmptyCache: OperationDefinition {
  package static let name = "empty_cache"
  package static let version = 1
  package static let permission = Permission("cache.empty", from: .owner)
  package static let about = OperationAbout(
    "Empty the cache",
    "Takes away all answers that routes have kept, of everybody: the next equal call is asked anew. Nothing brings them "
      + "back.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let emptied: Bool
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, CacheChange> {
    // How many there were is no part of it: answers are not journalled, and a rebuild has none.
    Decision(
      output: Output(emptied: true), changes: [.emptied(at: context.time)], summary: "Emptied the cache of answers")
  }

  package func apply(_ change: CacheChange, in transaction: any Transaction) throws {
    switch change {
    case .emptied(let time): try AnswerCache.empty(at: time, in: transaction)
    }
  }

  package func events(of change: CacheChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    [EventDraft(topic: "gateway", type: "cache.emptied", payload: [:])]
  }
}
