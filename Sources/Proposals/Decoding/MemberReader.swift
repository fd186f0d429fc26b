import StrictJSON

/// Takes members out of an object and notes what is wrong with them.
struct MemberReader {
  private let members: JSONObject
  private let place: JSONPointer
  private(set) var faults: [ProposalFault] = []

  init(_ members: JSONObject, at place: JSONPointer, known: [String]) {
    self.members = members
    self.place = place
    for key in members.keys where !known.contains(key) {
      let near = known.nearest(to: key)
      faults.append(
        ProposalFault(
          "\(place.appending(key))", "unknown_field",
          "There is no member “\(key.prefix(40))” here." + (near.map { " Did you mean “\($0)”?" } ?? ""),
          allowed: known))
    }
  }

  mutating func fault(_ key: String, _ code: String, _ message: String, allowed: [String]? = nil) {
    faults.append(ProposalFault("\(place.appending(key))", code, message, allowed: allowed))
  }

  mutating func add(_ fault: ProposalFault) { faults.append(fault) }
  mutating func add(_ more: [ProposalFault]) { faults += more }

  mutating func text(_ key: String, atMost limit: Int) -> String? {
    guard let text = take(key, "a string", { $0.text }) else { return nil }
    guard text.unicodeScalars.count <= limit else {
      fault(key, "too_long", "It has \(text.unicodeScalars.count) characters; at most \(limit) are allowed.")
      return nil
    }
    return text
  }

  mutating func demandedText(_ key: String, atMost limit: Int) -> String? {
    guard members[key] != nil else {
      fault(key, "missing", "This member is missing; a string is wanted.")
      return nil
    }
    return text(key, atMost: limit)
  }

  mutating func texts(_ key: String, atMost limit: Int) -> [String]? {
    guard let items = take(key, "a list of strings", { $0.items }) else { return nil }
    let texts = items.compactMap(\.text)
    guard texts.count == items.count, items.count <= limit, texts.allSatisfy({ $0.utf8.count <= 1000 }) else {
      fault(key, "wrong_type", "At most \(limit) strings of at most 1000 bytes are wanted.")
      return nil
    }
    return texts
  }

  mutating func flag(_ key: String) -> Bool? { take(key, "true or false") { $0.flag } }
  mutating func items(_ key: String) -> [JSON]? { take(key, "a list") { $0.items } }
  mutating func object(_ key: String) -> JSONObject? { take(key, "an object") { $0.members } }

  /// Nil when the member is not there, is null, or is of another type, which is noted.
  private mutating func take<Value>(_ key: String, _ wanted: String, _ read: (JSON) -> Value?) -> Value? {
    guard let value = members[key], !value.isNull else { return nil }
    guard let taken = read(value) else {
      fault(key, "wrong_type", "Found \(value.canonicalText().prefix(40)) where \(wanted) is wanted.")
      return nil
    }
    return taken
  }
}
