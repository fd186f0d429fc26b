extension ValueDecoder {
  /// A fault at this value, or one step below it.
  func fault(at step: PathStep?, _ code: String, _ message: String, allowed: [String]? = nil) -> JSONFault {
    let pointer = step.map { place.appending($0) } ?? place
    return JSONFault(FieldError(at: pointer, code: code, message: message, allowed: allowed))
  }

  func wrongType(_ wanted: String, _ found: JSON, at step: PathStep?) -> JSONFault {
    fault(at: step, "wrong_type", "Found \(found.excerpt) (\(found.typeName)) where \(wanted) is wanted.")
  }

  /// The fault for an error that a type's own `init(from:)` made with the standard library's means.
  func fault<T>(for error: DecodingError, decoding type: T.Type) -> JSONFault {
    switch error {
    case .dataCorrupted(let context):
      if let allowed = rawValues(of: type), JSONPointer(codingPath: context.codingPath) == place {
        return fault(
          at: nil, "not_allowed",
          "Found \(value.excerpt); allowed are \(allowed.map(\.excerpt).joined(separator: ", ")).",
          allowed: allowed.map { $0.text ?? $0.canonicalText() })
      }
      return fault("invalid", context)
    case .keyNotFound(let key, let context):
      return fault("missing", context, below: .key(key.stringValue))
    case .valueNotFound(_, let context): return fault("missing", context)
    case .typeMismatch(_, let context): return fault("wrong_type", context)
    @unknown default: return fault(at: nil, "invalid", "\(error)")
    }
  }

  private func fault(_ code: String, _ context: DecodingError.Context, below step: PathStep? = nil) -> JSONFault {
    let place = JSONPointer(codingPath: context.codingPath)
    let pointer = step.map { place.appending($0) } ?? place
    return JSONFault(FieldError(at: pointer, code: code, message: context.debugDescription))
  }
}

extension JSON {
  /// The name of the value's type in messages and in JSON Schema.
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
