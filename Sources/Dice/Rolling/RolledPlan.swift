import Expressions

/// What one roll of a plan gave: a value for each node and a few words for each die, in flat arrays. Everything people read
/// is made from these when it is asked for.
struct RolledPlan: Sendable {
  struct Die: Sendable {
    enum State: UInt8, Sendable {
      case kept, dropped
      /// Another die was drawn in its place.
      case replaced
    }

    /// What its last draw shows.
    var face: Int32
    /// What it counts while it is kept.
    var value: Int32
    /// The number of its first draw in this roll.
    let draw: Int32
    var state: State = .kept
    /// Scratch for the modifier at work.
    var isPicked = false
    /// The modifier that dropped or replaced it; negative while it is kept.
    var cause: Int16 = -1
    /// The modifier by which it exploded last; negative when it did not.
    var exploded: Int16 = -1

    init(face: Int32, draw: Int) {
      self.face = face
      value = face
      self.draw = Int32(clamping: draw)
    }

    var isKept: Bool { state == .kept }

    mutating func drop(by modifier: Int, _ state: State = .dropped) {
      self.state = state
      cause = Int16(clamping: modifier)
    }
  }

  /// Something that happened to a die besides its first draw.
  struct Event: Sendable {
    let die: Int32
    /// The number of the draw; negative where nothing was drawn.
    let draw: Int32
    /// What it shows, or counts, from then on.
    let face: Int32
    let modifier: Int16
  }

  let plan: RollPlan
  var values: [Number]
  var dice: [Die]
  /// Empty unless dice were drawn again or changed.
  var events: [Event] = []
  /// What dice showed first that were drawn again.
  var firstFaces: [Int: Int32] = [:]
  /// Where the dice of each term lie; empty where the plan knows.
  var ranges: [Range<Int32>] = []
  /// The modifier that dropped each node; empty where none can be.
  var dropped: [Int16] = []
  /// What the members of pools count instead of their totals.
  var counted: [Int: Number] = [:]

  var rootIndex: Int { plan.nodes.count - 1 }

  func range(of term: Int) -> Range<Int> {
    if let fixed = plan.fixedRanges { return fixed[term] }
    guard ranges.indices.contains(term) else { return 0..<0 }
    return Int(ranges[term].lowerBound)..<Int(ranges[term].upperBound)
  }

  /// The modifier that dropped a node; nil while it is kept.
  func dropper(of node: Int) -> Int? {
    dropped.isEmpty || dropped[node] < 0 ? nil : Int(dropped[node])
  }

  /// What a node adds to what it is part of.
  func total(of node: Int) -> Number {
    dropper(of: node) == nil ? counted[node] ?? values[node] : 0
  }
}
