package import Storage
package import StrictJSON

/// A name for programs, chosen by the author of a campaign file: `goblin_1`, `spell_slot_3`. Unique where it is declared,
/// so that a model and a person can write it.
package struct Slug<Subject>: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let description: String

  /// Nil unless `text` is a lower-case ASCII letter, then lower-case letters, digits, `_` and `-`, at most 48 in all.
  package init?(_ text: some StringProtocol) {
    guard (1...48).contains(text.utf8.count), let first = text.utf8.first, first.isSmallLetter,
      text.utf8.allSatisfy({ $0.isSmallLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
    else { return nil }
    description = String(text)
  }

  package static func < (a: Slug, b: Slug) -> Bool { a.description < b.description }
}

package typealias CampaignID = Slug<Campaign>
package typealias CreatureID = Slug<Creature>
package typealias ResourceID = Slug<CreatureResource>

extension Slug: ExpressibleByStringLiteral {
  /// A literal that is no slug is our mistake and stops the program.
  package init(stringLiteral text: StaticString) {
    guard let slug = Slug(text.description) else { preconditionFailure("not a slug: \(text)") }
    self = slug
  }
}

extension Slug: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let slug = Slug(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "“\(text.prefix(80))” is no \(StringFormat.slug.wanted)"))
    }
    self = slug
  }

  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension Slug: SchemaProviding {
  package static var jsonSchema: JSONSchema { .string(length: 1...48, format: .slug) }
}

extension Slug: SQLBindable, SQLReadable {
  package var sqlValue: SQLValue { .text(description) }
  package init?(sqlValue: SQLValue) {
    guard let text = String(sqlValue: sqlValue) else { return nil }
    self.init(text)
  }
}

extension StringFormat {
  static let slug = StringFormat(
    "slug", wanted: "name of lower-case letters, digits, _ and -, beginning with a letter", example: "goblin_1",
    accepts: { Slug<Never>($0) != nil })
}

extension UInt8 {
  var isSmallLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
