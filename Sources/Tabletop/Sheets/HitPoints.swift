package import StrictJSON

/// What keeps a creature up.
package struct HitPoints: Codable, Sendable, Hashable, SchemaDescribed {
  /// 0 … `max`.
  package var current: Int64
  package let max: Int64
  /// Lost before the others, and never healed; 0 when left out.
  package var temporary: Int64

  package static let most: Int64 = 100_000

  package init(current: Int64, max: Int64, temporary: Int64 = 0) {
    self.current = current
    self.max = max
    self.temporary = temporary
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    current = try container.decode(Int64.self, forKey: .current)
    max = try container.decode(Int64.self, forKey: .max)
    temporary = try container.decodeIfPresent(Int64.self, forKey: .temporary) ?? 0
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "Hit points.",
      properties: [
        "current": .init("Left now, at most `max`.", .integers(0...most)),
        "max": .init("When unhurt.", .integers(1...most)),
        "temporary": .init("Lost first; 0 when left out.", .integers(0...most)),
      ])
  }

  /// After a blow: temporary ones go first, and nothing falls below 0.
  func losing(_ damage: Int64) -> HitPoints {
    var left = self
    let absorbed = Swift.min(temporary, damage)
    left.temporary -= absorbed
    left.current -= Swift.min(current, damage - absorbed)
    return left
  }

  /// Healed, at most up to `max`.
  func regaining(_ amount: Int64) -> HitPoints {
    var healed = self
    healed.current += Swift.min(max - current, amount)
    return healed
  }

  /// With temporary hit points, which do not add up: the more count.
  func gainingTemporary(_ amount: Int64) -> HitPoints {
    var shielded = self
    shielded.temporary = Swift.max(temporary, amount)
    return shielded
  }
}
