/// Takes in what one value encodes, and holds the JSON made of it.
///
/// Containers given out write into the encoder they came from. A container nested in another, or the encoder of a
/// superclass, may be written to at any time, so its JSON is put in its place when the value around it is complete.
final class ValueEncoder: Encoder {
  private enum Shape {
    case undecided
    case scalar
    case array
    case object
  }

  let parent: ValueEncoder?
  let step: PathStep?
  private let depth: Int
  private var shape = Shape.undecided
  private var scalar = JSON.null
  private var items: [JSON] = []
  private var members = JSONObject()
  private var open: [(step: PathStep, encoder: ValueEncoder)] = []

  init(parent: ValueEncoder?, step: PathStep?) {
    self.parent = parent
    self.step = step
    depth = parent.map { $0.depth + 1 } ?? 0
  }

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  var codingPath: [any CodingKey] { steps }

  /// Where the value stands in the document.
  var place: JSONPointer { steps.reduce(.root) { $0.appending($1) } }

  private var steps: [PathStep] { (parent?.steps ?? []) + (step.map { [$0] } ?? []) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    settle(.object)
    return KeyedEncodingContainer(MemberEncoder(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    settle(.array)
    return ItemEncoder(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { ScalarEncoder(encoder: self) }

  /// The JSON of everything encoded so far; a value that encoded nothing is an empty object.
  func finish() -> JSON {
    for (step, encoder) in open { place(encoder.finish(), at: step) }
    open = []
    return switch shape {
    case .undecided: .object([:])
    case .scalar: scalar
    case .array: .array(items)
    case .object: .object(members)
    }
  }

  /// The JSON of a value that stands at this encoder's place.
  func encoded<T: Encodable>(_ value: T) throws -> JSON {
    guard depth <= JSONLimits.deepest else {
      throw fault(nil, "too_deep", "The value nests deeper than \(JSONLimits.deepest) levels.")
    }
    try value.encode(to: self)
    if shape != .scalar, let type = T.self as? any Unordered.Type { sort(itemsPerElement: type.itemsPerElement) }
    return finish()
  }

  /// An encoder whose JSON stands at `step` once this one finishes.
  func openChild(at step: PathStep) -> ValueEncoder {
    let encoder = ValueEncoder(parent: self, step: step)
    place(.null, at: step)
    open.append((step, encoder))
    return encoder
  }

  var itemCount: Int { items.count }

  func place(_ value: JSON, at step: PathStep) {
    switch step {
    case .key(let key): members[key] = value
    case .index(let index) where index < items.count: items[index] = value
    case .index: items.append(value)
    }
  }

  func place(_ value: JSON) {
    settle(.scalar)
    scalar = value
  }

  /// Sorts members by key, and elements of an array by the canonical bytes of their first item.
  private func sort(itemsPerElement: Int) {
    members.sort()
    let elements = stride(from: 0, to: items.count, by: itemsPerElement).map { start in
      (bytes: items[start].canonicalBytes(), items: items[start..<min(start + itemsPerElement, items.count)])
    }
    items = elements.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.flatMap(\.items)
  }

  private func settle(_ shape: Shape) {
    precondition(self.shape == .undecided || self.shape == shape, "a value encodes itself in two shapes at once")
    self.shape = shape
  }
}

/// A type whose elements come in another order in each run of the program. The encoder gives them one, so that equal
/// values have equal bytes.
private protocol Unordered {
  /// How many items of an array stand for one element.
  static var itemsPerElement: Int { get }
}

extension Set: Unordered { fileprivate static var itemsPerElement: Int { 1 } }

/// A dictionary whose keys are no keys of JSON is an array of keys and values by turns.
extension Dictionary: Unordered { fileprivate static var itemsPerElement: Int { 2 } }
