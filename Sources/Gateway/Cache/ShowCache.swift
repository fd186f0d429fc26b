package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// What the cache of answers holds.
package struct ShowCache: ReadDefinition {
  package static let name = "show_cache"
  package static let version = 1
  package static let permission = ListModelCalls.permission
  package static let about = OperationAbout(
    "Show the cache", "How many answers are kept, how much room they take, and how often they were given again.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package init() {}

  package func answer(
    _ input: Input, as principal: Principal, in transaction: any ReadTransaction
  ) throws -> CacheStanding {
    try AnswerCache.standing(in: transaction)
  }
}
