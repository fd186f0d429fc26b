/// What is to be written of an attempt: that it is under way, how it ended, or both at once.
package struct BookEntry: Sendable, Hashable {
  package let reservation: Reservation
  /// Under what the attempt is to be booked; nil when it is.
  package let booking: CallContext?
  /// Nil while it is under way.
  package var outcome: CallOutcome?

  package init(_ reservation: Reservation, booking: CallContext? = nil, outcome: CallOutcome? = nil) {
    self.reservation = reservation
    self.booking = booking
    self.outcome = outcome
  }
}
