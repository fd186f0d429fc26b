import Expressions

/// What one roll of a plan gave: a value for each node and a face for each die, in two flat arrays. Everything people
/// read is made from these when it is asked for.
struct RolledPlan: Sendable {
  struct Die: Sendable {
    /// What it shows, 1…sides.
    let face: UInt32
    /// The number of the modifier that dropped it; negative while it is kept.
    private var droppedBy: Int32 = -1

    init(face: UInt32) {
      self.face = face
    }

    var isKept: Bool { droppedBy < 0 }

    /// Which of its term's modifiers dropped it; nil while it is kept.
    var modifier: Int? { isKept ? nil : Int(droppedBy) }

    mutating func drop(because modifier: Int) {
      droppedBy = Int32(clamping: modifier)
    }
  }

  let plan: RollPlan
  let values: [Number]
  let dice: [Die]

  var rootIndex: Int { plan.nodes.count - 1 }
}
