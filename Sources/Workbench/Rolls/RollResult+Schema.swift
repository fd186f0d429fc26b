package import Dice
package import StrictJSON

extension RollResult: SchemaProviding {
  /// The tree of terms and dice is drawn in the guide to dice; a schema of a recursive document helps nobody.
  package static var jsonSchema: JSONSchema {
    .map(of: .any).described("A roll's total and its tree of terms and dice.", examples: [sample])
  }

  private static let sample: JSON = [
    "total": 4, "expression": "4", "text": "4 = 4", "spoken": "4", "critical": .null, "totalsByAnnotation": [:],
    "dice": 0,
    "root": ["kind": "number", "value": 4, "annotations": []],
  ]
}
