extension JSONSchema {
  /// A plain value that the schema allows: its first example, or else the smallest value of its form.
  var sample: JSON {
    if let example = examples.first { return example }
    return switch form {
    case .any, .null, .nullable: .null
    case .boolean: false
    case .integer(let range): .integer(min(max(0, range.lowerBound), range.upperBound))
    case .number(let range): .number(min(max(0, range.lowerBound), range.upperBound))
    case .string(let length, let format): .string(format?.example ?? String(repeating: "a", count: length.lowerBound))
    case .values(let values): values[0]
    case .array(let items, let count): .array(Array(repeating: items.sample, count: count.lowerBound))
    case .object(let properties):
      .object(JSONObject(distinct: properties.filter(\.isRequired).map { ($0.name, $0.schema.sample) }))
    case .map(let values, let count):
      .object(JSONObject(distinct: (0..<count.lowerBound).map { ("key\($0)", values.sample) }))
    case .oneOf(let alternatives): alternatives[0].sample
    }
  }
}
