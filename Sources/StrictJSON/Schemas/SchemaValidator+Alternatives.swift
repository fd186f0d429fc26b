extension SchemaValidator {
  /// Of several alternatives exactly one must fit. If none does, the errors are those of the one that was meant: the
  /// only one of the right type, or the one whose fixed member (`"kind": "dice"`) the value has, or the closest.
  mutating func check(_ value: JSON, oneOf alternatives: [JSONSchema]) {
    let candidates = alternatives.filter { $0.fitsType(of: value) }
    guard !candidates.isEmpty else {
      let wanted = JSONSchema.oneOf(alternatives)
      return report("wrong_type", "Found \(found(value)) where \(wanted.wanted) is wanted.", allowed: wanted.typeNames)
    }
    guard let tag = tag(of: candidates), let found = value[tag.name] else {
      return checkEach(of: candidates, value)
    }
    let meant = candidates.filter { $0.fixedValue(of: tag.name) == found }
    if meant.isEmpty { check(found, .values(tag.values), at: .key(tag.name)) } else { checkEach(of: meant, value) }
  }

  private mutating func checkEach(of alternatives: [JSONSchema], _ value: JSON) {
    if alternatives.count == 1 { return check(value, alternatives[0]) }
    let attempts = alternatives.map { attempt(value, $0) }
    let fitting = attempts.count { $0.isEmpty }
    if fitting > 1 { report("ambiguous", "Found \(found(value)), which fits \(fitting) alternatives; one is wanted.") }
    if fitting == 0, let closest = attempts.min(by: { $0.count < $1.count }) { append(closest) }
  }

  private func attempt(_ value: JSON, _ schema: JSONSchema) -> [FieldError] {
    var validator = SchemaValidator()
    validator.path = path
    validator.check(value, schema)
    return validator.errors
  }

  /// The member that tells the alternatives apart, and its values: fixed in each of them.
  private func tag(of alternatives: [JSONSchema]) -> (name: String, values: [JSON])? {
    guard case .object(let properties)? = alternatives.first?.form, alternatives.count > 1 else { return nil }
    for property in properties {
      let values = alternatives.compactMap { $0.fixedValue(of: property.name) }
      if values.count == alternatives.count { return (property.name, values) }
    }
    return nil
  }
}

extension JSONSchema {
  /// The only value a property of an object can have.
  fileprivate func fixedValue(of name: String) -> JSON? {
    guard case .object(let properties) = form, let property = properties.first(where: { $0.name == name }),
      case .values(let values) = property.schema.form, values.count == 1
    else { return nil }
    return values[0]
  }
}
