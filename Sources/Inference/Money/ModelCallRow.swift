package import Vocabulary

/// What is known of an attempt at asking a provider. No prompt, no answer and no key is in it.
package struct ModelCallRow: Sendable, Hashable, Codable {
  package enum State: String, Sendable, Hashable, Codable, CaseIterable {
    /// Under way.
    case reserved
    case finished, failed, cut, stopped, cached
    /// The process ended before the call did. What was reserved is booked for it.
    case lost

    /// Those that ended without a whole answer that somebody still wanted.
    package static let failures: [State] = [.failed, .cut, .lost]
  }

  package let id: ModelCallID
  /// The first attempt of the call: all attempts of one call share it.
  package let call: ModelCallID
  package let attempt: Int
  /// When it was booked.
  package let at: Timestamp
  package let person: PersonID?
  package let gatewayKey: GatewayKeyID?
  package let surface: CallContext.Surface
  package let task: String
  package let prompt: String?
  package let route: String?
  package let provider: String
  package let connection: ModelConnectionID?
  package let model: String
  package let modelAnswered: String?
  package let state: State
  /// The most that it could cost; nil when the price is not known.
  package let reservedMicros: Int64?
  /// What it cost; nil while it is under way, and when the price is not known.
  package let costMicros: Int64?
  /// Whether a part of the cost was not told by the provider.
  package let isEstimate: Bool
  /// Whether it cost more than was reserved.
  package let isOverrun: Bool
  package let inputTokens: Int64?
  package let outputTokens: Int64?
  package let cachedTokens: Int64?
  package let reasoningTokens: Int64?
  package let firstPieceMicros: Int64?
  package let durationMicros: Int64?
  package let errorKind: InferenceError.Kind?
  package let finish: String?
  package let isStreamed: Bool
  /// The run of the program's own that it is a part of, as a turn.
  package let run: UniqueID?
}

/// Which calls are listed, and in what order.
package struct CallListing: Sendable, Hashable {
  package enum Order: String, Sendable, Hashable, Codable, CaseIterable {
    case newest
    /// The slowest of the newest ``slowestAmong``.
    case slowest
  }

  /// Among how many of the newest calls the slowest are looked for.
  package static let slowestAmong = 10_000

  /// Which ends of calls are listed.
  package enum Ends: Sendable, Hashable {
    case all
    /// Those without a whole answer that somebody still wanted.
    case failed
    /// Those that have not ended.
    case open
  }

  package var order: Order
  package var ends: Ends
  /// What else they have; looked for among the newest ``slowestAmong``.
  package var filter: CallFilter
  /// Calls before this one; for ``Order/newest`` alone.
  package var before: ModelCallID?
  package var limit: Int

  package init(
    order: Order = .newest, ends: Ends = .all, filter: CallFilter = CallFilter(), before: ModelCallID? = nil,
    limit: Int
  ) {
    self.order = order
    self.ends = ends
    self.filter = filter
    self.before = before
    self.limit = limit
  }

  var states: [ModelCallRow.State] {
    switch ends {
    case .all: ModelCallRow.State.allCases
    case .failed: ModelCallRow.State.failures
    case .open: [.reserved]
    }
  }
}

/// What calls have to have to be listed; nil is anything.
package struct CallFilter: Sendable, Hashable {
  package var model: String?
  package var surface: CallContext.Surface?
  package var key: GatewayKeyID?

  package init(model: String? = nil, surface: CallContext.Surface? = nil, key: GatewayKeyID? = nil) {
    self.model = model
    self.surface = surface
    self.key = key
  }
}

/// When connections and keys were last used, as far as the newest ``CallListing/slowestAmong`` attempts tell.
package struct CallUses: Sendable, Hashable {
  package internal(set) var connections: [ModelConnectionID: Timestamp] = [:]
  package internal(set) var keys: [GatewayKeyID: Timestamp] = [:]
}

/// What calls are added up by.
package enum SpendGrouping: String, Sendable, Hashable, Codable, CaseIterable {
  /// Of UTC.
  case day
  case model, surface, person, key
  /// What was asked for, with which prompt of the program's own, by which route.
  case task, prompt, route
}

/// What calls cost together.
package struct SpendLine: Sendable, Hashable, Codable {
  /// The day as `2026-11-21`, the model, surface, task, prompt or route, or the id of the person or key; nil for calls
  /// without one.
  package let name: String?
  /// Whose the model is; nil where it is not added up by models.
  package let provider: String?
  /// How many attempts.
  package let calls: Int64
  /// Of them, those with a whole answer.
  package let finished: Int64
  /// Those that failed, broke off or were lost.
  package let failures: Int64
  /// Those that whoever asked did not want any more.
  package let stopped: Int64
  /// Those whose answer was there.
  package let cached: Int64
  /// The mean time to the first piece, of those that had one; nil when none had.
  package let firstPieceMicros: Int64?
  package let costMicros: Int64
  /// The part of the cost that is estimated.
  package let estimatedMicros: Int64
  /// How many attempts have a cost that is not known; it is in no sum.
  package let unknownCalls: Int64
  package let inputTokens: Int64
  package let outputTokens: Int64
}
