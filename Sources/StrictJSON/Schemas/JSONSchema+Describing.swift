extension JSONSchema {
  /// The schema with what a description says about the property it stands for.
  ///
  /// - Throws: a message if a facet does not fit the form, or an example is not allowed.
  func narrowed(by description: PropertyDescription) throws(Misfit) -> JSONSchema {
    var schema = described(description.summary)
    var examples: [JSON] = []
    for facet in description.facets {
      if case .example(let example) = facet {
        examples.append(example)
      } else {
        schema = try schema.narrowed(by: facet)
      }
    }
    for example in examples {
      if let fault = JSONFault(schema.validate(example)) {
        throw Misfit(message: "the example \(example.excerpt) is not allowed: \(fault)")
      }
    }
    return schema.described(examples: examples)
  }

  private func narrowed(by facet: PropertyDescription.Facet) throws(Misfit) -> JSONSchema {
    switch (form, facet) {
    case (.nullable(let schema), _):
      return copyingNotes(to: .nullable(try schema.narrowed(by: facet)))
    case (.string(let old, let format), .length(let new)):
      return copyingNotes(to: .string(length: try narrow(old, to: new), format: format))
    case (.string(let length, _), .format(let format)):
      return copyingNotes(to: .string(length: length, format: format))
    case (.integer(let old), .integers(let new)):
      return copyingNotes(to: .integer(try narrow(old, to: new)))
    case (.number(let old), .numbers(let new)):
      return copyingNotes(to: .number(try narrow(old, to: new)))
    case (.array(let items, let old), .count(let new)):
      return copyingNotes(to: .array(items: items, count: try narrow(old, to: new)))
    case (.map(let values, let old), .count(let new)):
      return copyingNotes(to: .map(values: values, count: try narrow(old, to: new)))
    case (.array(let items, let count), .each(let facet)):
      return copyingNotes(to: .array(items: try items.narrowed(by: facet), count: count))
    case (.map(let values, let count), .each(let facet)):
      return copyingNotes(to: .map(values: try values.narrowed(by: facet), count: count))
    default:
      throw Misfit(message: "\(facet) does not fit \(wanted)")
    }
  }

  private func narrow<Bound>(
    _ old: ClosedRange<Bound>, to new: ClosedRange<Bound>
  ) throws(Misfit) -> ClosedRange<Bound> {
    guard old.contains(new.lowerBound), old.contains(new.upperBound) else {
      throw Misfit(message: "the bounds \(new) do not lie within \(old)")
    }
    return new
  }

  /// Why a description and a schema do not go together.
  struct Misfit: Error {
    let message: String
  }
}
