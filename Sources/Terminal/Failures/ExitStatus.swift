/// What a command tells the shell.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case success = 0
  /// It was understood and could not be done, or what was checked is not in order.
  case failed = 1
  /// It was not understood.
  case usage = 2
}
