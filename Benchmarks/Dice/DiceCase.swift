import CAllocations

/// One kind of work, to be done again and again.
struct DiceCase {
  /// By which the peers know it too.
  let name: String
  let title: String
  /// How many times as long the peer is to take; nil where there is none.
  let target: Double?
  /// Returns something of what it made, so that none of it can be left out.
  let work: () throws -> Int

  init(_ name: String, _ title: String, target: Double? = nil, work: @escaping () throws -> Int) {
    self.name = name
    self.title = title
    self.target = target
    self.work = work
  }

  /// CPU time of doing it once: the median of eleven stretches.
  func nanoseconds(seconds: Double) throws -> Double {
    var count = 1
    while try stretch(count) < seconds * 1e6 / 20 { count *= 2 }
    return try median((0..<11).map { _ in try stretch(count) }) * 1000 / Double(count)
  }

  /// Microseconds.
  private func stretch(_ count: Int) throws -> Double {
    var made = 0
    let before = processMicroseconds()
    for _ in 0..<count { made &+= try work() }
    let spent = processMicroseconds() - before
    Self.made &+= made
    return spent
  }

  /// What all work made. Only one thread measures.
  nonisolated(unsafe) private static var made = 0

  /// How often doing it once asks for memory, on average.
  func allocations() throws -> Double {
    let times = 10_000
    var made = try work()
    let before = allocations_of_this_thread()
    for _ in 0..<times { made &+= try work() }
    let counted = allocations_of_this_thread() - before
    Self.made &+= made
    return Double(counted) / Double(times)
  }
}
