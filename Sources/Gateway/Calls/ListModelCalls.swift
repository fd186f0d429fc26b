package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Lists attempts at asking models.
package struct ListModelCalls: ReadDefinition {
  package static let name = "list_model_calls"
  package static let version = 1
  package static let permission = Permission("calls.read", from: .viewer)
  package static let about = OperationAbout(
    "List model calls",
    "The attempts at asking models, newest first, a page at a time: who asked which model, how it ended, how long it took "
      + "and what it cost. Prompts and answers are not kept here.",
    example: Input(
      limit: 50, before: nil, failed: nil, open: nil, order: nil, model: nil, surface: nil, key: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let limit: Int?
    package let before: ModelCallID?
    package let failed: Bool?
    package let open: Bool?
    package let order: CallListing.Order?
    package let model: String?
    package let surface: CallContext.Surface?
    package let key: GatewayKeyID?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A page of calls",
        properties: [
          "limit": .init("Calls a page: 1 to 200, 50 when left out.", .integers(1...200)),
          "before": .init("`next` of the page before. The slowest have one page only."),
          "failed": .init("true for those without a whole answer: failed, cut and lost ones."),
          "open": .init("true for those under way."),
          "order": .init(
            "newest, or slowest: the slowest of the newest \(CallListing.slowestAmong). newest when left out."),
          "model": .init(
            "Only this model, as it was asked for. With this, or one of the next two, the newest "
              + "\(CallListing.slowestAmong) are looked through.", .length(1...RequestLimits.modelBytesMax)),
          "surface": .init("Only what this part of the program asked."),
          "key": .init("Only what was asked with this gateway key."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package let items: [ModelCallRow]
    package let next: ModelCallID?
  }

  package init() {}

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let limit = input.limit ?? 50
    let order = input.order ?? .newest
    guard order == .newest || input.before == nil else {
      throw OperationError.invalid(
        "/before", "not_allowed", "The slowest calls have one page only; leave “before” out.")
    }
    let ends: CallListing.Ends =
      switch (input.failed ?? false, input.open ?? false) {
      case (false, false): .all
      case (true, false): .failed
      case (false, true): .open
      case (true, true):
        throw OperationError.invalid(
          "/open", "ambiguous", "A call that is under way has not failed: give one of the two.")
      }
    // One more than asked for tells whether there is another page.
    let calls = try CallLedger.calls(
      CallListing(
        order: order, ends: ends, filter: CallFilter(model: input.model, surface: input.surface, key: input.key),
        before: input.before, limit: limit + 1),
      in: transaction)
    let items = Array(calls.prefix(limit))
    return Output(items: items, next: order == .newest && calls.count > limit ? items.last?.id : nil)
  }
}
