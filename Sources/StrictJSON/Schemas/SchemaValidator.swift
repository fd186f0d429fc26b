/// Walks a value and its schema together, and collects what does not fit.
struct SchemaValidator {
  var errors: [FieldError] = []
  /// The steps from the document to the value being checked.
  var path: [PathStep] = []

  private var isFull: Bool { errors.count >= JSONSchema.errorsMax }

  mutating func check(_ value: JSON, _ schema: JSONSchema) {
    switch (schema.form, value) {
    case (.any, _), (.null, .null), (.boolean, .bool), (.nullable, .null): break
    case (.nullable(let schema), _) where schema.fitsType(of: value): check(value, schema)
    case (.integer(let range), .integer(let integer)):
      checkBounds(integer, range, value, from: range.lowerBound == .min, to: range.upperBound == .max)
    case (.number(let range), .integer), (.number(let range), .number):
      checkBounds(value.double ?? 0, range, value, from: !range.lowerBound.isFinite, to: !range.upperBound.isFinite)
    case (.string(let length, let format), .string(let text)): check(text, length, format)
    case (.values(let allowed), _): checkChoice(value, allowed)
    case (.array(let schema, let count), .array(let items)):
      checkCount(items.count, count, "items")
      for (index, item) in items.enumerated() where !isFull { check(item, schema, at: .index(index)) }
    case (.map(let schema, let count), .object(let members)):
      checkCount(members.count, count, "members")
      for (key, value) in members where !isFull { check(value, schema, at: .key(key)) }
    case (.object(let properties), .object(let members)): check(members, properties)
    case (.oneOf(let alternatives), _): check(value, oneOf: alternatives)
    default: report("wrong_type", "Found \(found(value)) where \(schema.wanted) is wanted.", allowed: schema.typeNames)
    }
  }

  mutating func check(_ value: JSON, _ schema: JSONSchema, at step: PathStep) {
    path.append(step)
    check(value, schema)
    path.removeLast()
  }

  private mutating func check(_ members: JSONObject, _ properties: [JSONSchema.Property]) {
    for (key, value) in members where !isFull {
      if let property = properties.first(where: { $0.name.hasSameBytes(as: key) }) {
        check(value, property.schema, at: .key(key))
      } else {
        reportUnknown(key, among: properties.map(\.name))
      }
    }
    for property in properties where property.isRequired && members[property.name] == nil {
      report(
        "missing", "This member is missing; \(property.schema.wanted) is wanted.", at: .key(property.name))
    }
  }

  private mutating func check(_ text: String, _ length: ClosedRange<Int>, _ format: StringFormat?) {
    let count = text.unicodeScalars.count
    let found = "Found \(JSON.string(text).excerpt) with \(count) characters"
    if count < length.lowerBound { report("too_short", "\(found); at least \(length.lowerBound) are wanted.") }
    if count > length.upperBound { report("too_long", "\(found); at most \(length.upperBound) are allowed.") }
    if let format, !format.accepts(text) {
      report("wrong_format", "Found \(JSON.string(text).excerpt) where \(format.wanted) is wanted.")
    }
  }

  private mutating func checkBounds<Number: Comparable>(
    _ number: Number, _ range: ClosedRange<Number>, _ value: JSON, from isOpenBelow: Bool, to isOpenAbove: Bool
  ) {
    guard !range.contains(number) else { return }
    let allowed =
      switch (isOpenBelow, isOpenAbove) {
      case (true, _): "at most \(range.upperBound) is allowed"
      case (_, true): "at least \(range.lowerBound) is allowed"
      default: "allowed is \(range.lowerBound) to \(range.upperBound)"
      }
    report(number < range.lowerBound ? "too_small" : "too_large", "Found \(value.excerpt); \(allowed).")
  }

  private mutating func checkChoice(_ value: JSON, _ allowed: [JSON]) {
    guard !allowed.contains(where: { $0 == value && $0.typeName == value.typeName }) else { return }
    let names = allowed.map { $0.text ?? $0.excerpt }
    let list = allowed.map(\.excerpt).joined(separator: ", ")
    let isRightType = allowed.contains { $0.typeName == value.typeName }
    report(
      isRightType ? "not_allowed" : "wrong_type", "Found \(found(value)); allowed are \(list).", allowed: names)
  }

  private mutating func checkCount(_ count: Int, _ range: ClosedRange<Int>, _ what: String) {
    if count < range.lowerBound {
      report("too_few", "Found \(count) \(what); at least \(range.lowerBound) are wanted.")
    } else if count > range.upperBound {
      report("too_many", "Found \(count) \(what); at most \(range.upperBound) are allowed.")
    }
  }
}

// MARK: Reporting

extension SchemaValidator {
  private mutating func reportUnknown(_ key: String, among names: [String]) {
    let name = JSON.string(key).excerpt
    let hint = names.nearest(to: key).map { "; did you mean \(JSON.string($0).excerpt)?" } ?? "."
    report("unknown_field", "There is no member \(name) here" + hint, at: .key(key), allowed: names)
  }

  func found(_ value: JSON) -> String { "\(value.excerpt) (\(value.typeName))" }

  mutating func report(_ code: String, _ message: String, at step: PathStep? = nil, allowed: [String]? = nil) {
    let steps = path + (step.map { [$0] } ?? [])
    append([FieldError(at: JSONPointer(codingPath: steps), code: code, message: message, allowed: allowed)])
  }

  mutating func append(_ more: [FieldError]) {
    errors += more.prefix(JSONSchema.errorsMax - errors.count)
  }
}
