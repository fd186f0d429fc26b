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
    "Show the cache",
    "How many answers are kept, how much room they take, how often they were given again, and how often none was found "
      + "since the start.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  private let tally: CacheTally

  package init(tally: CacheTally) { self.tally = tally }

  package func answer(
    _ input: Input, as principal: Principal, in transaction: any ReadTransaction
  ) throws -> CacheStanding {
    try AnswerCache.standing(tally, in: transaction)
  }
}
