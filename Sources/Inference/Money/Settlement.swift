/// How an attempt ended, and what it cost.
struct Settlement {
  let outcome: CallOutcome
  let usage: TokenUsage
  let cost: CallCost

  init(_ outcome: CallOutcome, of reservation: Reservation) {
    self.outcome = outcome
    usage = outcome.usage?.believable ?? TokenUsage()
    cost = CallCost(of: outcome, usage: usage, under: reservation)
  }
}
