/// How long a provider may take.
package struct CallTimes: Sendable, Hashable {
  /// Until there is a connection.
  package var connect = Duration.seconds(10)
  /// From the call's beginning to the first piece of the answer. A local model reads a long prompt for minutes.
  package var firstPiece = Duration.seconds(120)
  /// Between two pieces. Comments that only keep the line open do not count: they say that a wire lives, not a model.
  package var betweenPieces = Duration.seconds(30)
  /// For what comes after the reason of the end: usage, and the mark of the end.
  package var trailer = Duration.seconds(2)
  /// For all of it.
  package var whole = Duration.seconds(600)

  package init() {}

  /// The shortest of the times that run after one another.
  var shortest: Duration { min(firstPiece, betweenPieces, trailer, whole) }
}
