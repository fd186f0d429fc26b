import Vocabulary

/// The entries of one workspace that wait to be written, in order. Pure.
///
/// One batch at a time is under way: an attempt's end is never written before its beginning.
struct BookQueue {
  private var waiting: [BookEntry] = []
  /// Where attempts stand whose beginning waits too.
  private var places: [ModelCallID: Int] = [:]
  private(set) var isWriting = false
  private var isDue = false

  /// - Returns: whether a time is to be set at which the batch is written.
  mutating func add(_ entry: BookEntry) -> Bool {
    if entry.booking == nil, let outcome = entry.outcome, let place = places[entry.reservation.id] {
      waiting[place].outcome = outcome
      return false
    }
    if entry.booking != nil { places[entry.reservation.id] = waiting.count }
    waiting.append(entry)
    return setDue()
  }

  /// The time that was set has come.
  mutating func cameDue() { isDue = false }

  /// The batch to be written; ``wrote(_:)`` must follow unless it is empty, as it is while another is under way.
  mutating func take() -> [BookEntry] {
    guard !isWriting else { return [] }
    defer {
      waiting = []
      places = [:]
    }
    isWriting = !waiting.isEmpty
    return waiting
  }

  /// The batch that was taken is written, but for those entries of it that are to be tried again.
  ///
  /// - Returns: whether a time is to be set, as in ``add(_:)``.
  mutating func wrote(leaving entries: [BookEntry] = []) -> Bool {
    isWriting = false
    if !entries.isEmpty {
      let later = waiting
      waiting = []
      places = [:]
      for entry in entries + later { _ = add(entry) }
    }
    return !waiting.isEmpty && setDue()
  }

  private mutating func setDue() -> Bool {
    defer { isDue = true }
    return !isDue
  }
}
