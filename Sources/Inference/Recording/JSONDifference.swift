package import StrictJSON

/// The places at which two JSON values differ, for people.
package struct JSONDifference: Sendable, CustomStringConvertible {
  /// How many places are named.
  private static let namedMax = 5
  /// Characters of a value that are quoted.
  private static let quotedMax = 60

  package struct Place: Sendable, Hashable {
    package let pointer: JSONPointer
    package let old: JSON?
    package let new: JSON?
  }

  package private(set) var places: [Place] = []

  package init(from old: JSON, to new: JSON) { compare(old, new, at: .root) }

  package var description: String {
    let named = places.prefix(Self.namedMax).map { place in
      "\(place.pointer) (\(Self.quote(place.old)) there, \(Self.quote(place.new)) here)"
    }
    let rest = places.count > Self.namedMax ? " and \(places.count - Self.namedMax) more places" : ""
    return named.joined(separator: ", ") + rest
  }

  private mutating func compare(_ old: JSON?, _ new: JSON?, at pointer: JSONPointer) {
    switch (old, new) {
    case (let old?, let new?) where old == new: break
    case (.object(let old)?, .object(let new)?):
      for key in old.keys + new.keys.filter({ old[$0] == nil }) {
        compare(old[key], new[key], at: pointer.appending(key))
      }
    case (.array(let old)?, .array(let new)?):
      for index in 0..<max(old.count, new.count) {
        compare(
          old.indices.contains(index) ? old[index] : nil, new.indices.contains(index) ? new[index] : nil,
          at: pointer.appending(index))
      }
    case (nil, nil): break
    default: places.append(Place(pointer: pointer, old: old, new: new))
    }
  }

  private static func quote(_ value: JSON?) -> String {
    guard let text = value?.canonicalText() else { return "nothing" }
    return text.count <= quotedMax ? text : text.prefix(quotedMax) + "…"
  }
}
