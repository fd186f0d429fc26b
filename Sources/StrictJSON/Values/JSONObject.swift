/// The members of a JSON object: distinct keys in an order that is kept for display and ignored by equality and hash.
///
/// Looking up, adding and replacing a member take constant time on average, whatever the number of members; removing
/// one takes time proportional to that number. Keys are told apart by their bytes, not by Unicode equivalence.
package struct JSONObject: Sendable {
  package typealias Element = (key: String, value: JSON)

  /// Up to this many members a scan is faster than a hash.
  private static let scanned = 16

  private var storage: [Element] = []
  /// The position of each key; empty while there are few enough members to scan.
  private var positions: [ByteString: Int] = [:]

  package init() {}

  /// - Parameter members: members with distinct keys; a repeated key is a programming error and traps.
  package init(distinct members: some Sequence<(String, JSON)>) {
    for (key, value) in members {
      let isNew = insert(key, value)
      precondition(isNew, "the key \(key) is given twice")
    }
  }

  /// The value of the member with this key. Setting it keeps the place of an existing member, adds a new one at the
  /// end, and removes it with `nil`.
  package subscript(key: String) -> JSON? {
    get { position(of: key).map { storage[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): storage[position].value = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(key, value)
      case (nil, nil): break
      }
    }
  }

  /// Adds a member at the end, unless the key is there already.
  ///
  /// - Returns: whether the member was added.
  package mutating func insert(_ key: String, _ value: JSON) -> Bool {
    guard position(of: key) == nil else { return false }
    append(key, value)
    return true
  }

  /// The positions of the members in the order of their keys' UTF-16 code units, which the canonical form has.
  func canonicalOrder() -> [Int] {
    storage.indices.sorted { storage[$0].key.precedesInUTF16(storage[$1].key) }
  }

  /// Puts the members in the canonical order for good.
  mutating func sort() {
    storage = canonicalOrder().map { storage[$0] }
    indexKeys()
  }

  package mutating func reserveCapacity(_ count: Int) { storage.reserveCapacity(count) }

  private func position(of key: String) -> Int? {
    guard positions.isEmpty else { return positions[ByteString(key)] }
    return storage.firstIndex { $0.key.hasSameBytes(as: key) }
  }

  private mutating func append(_ key: String, _ value: JSON) {
    storage.append((key, value))
    if !positions.isEmpty {
      positions[ByteString(key)] = storage.count - 1
    } else if storage.count > Self.scanned {
      indexKeys()
    }
  }

  private mutating func remove(at position: Int) {
    storage.remove(at: position)
    if !positions.isEmpty { indexKeys() }
  }

  private mutating func indexKeys() {
    positions.removeAll(keepingCapacity: true)
    guard storage.count > Self.scanned else { return }
    for (position, member) in storage.enumerated() { positions[ByteString(member.key)] = position }
  }
}

extension JSONObject: RandomAccessCollection {
  package var startIndex: Int { storage.startIndex }
  package var endIndex: Int { storage.endIndex }
  package subscript(position: Int) -> Element { storage[position] }

  /// The keys in their order.
  package var keys: [String] { storage.map(\.key) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) { self.init(distinct: elements) }
}

extension JSONObject: Hashable {
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    return left.storage.indices.allSatisfy { position in
      let (key, value) = left.storage[position]
      if right.storage[position].key.hasSameBytes(as: key) { return right.storage[position].value == value }
      return right[key] == value
    }
  }

  package func hash(into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in storage {
      var member = Hasher()
      member.combine(ByteString(key))
      member.combine(value)
      sum &+= member.finalize()
    }
    hasher.combine(storage.count)
    hasher.combine(sum)
  }
}

extension JSONObject: CustomStringConvertible {
  /// The canonical text.
  package var description: String { JSON.object(self).canonicalText() }
}
