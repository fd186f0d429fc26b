import StrictJSON

/// Holds a query to the parameters that a route knows: none unknown, none twice.
enum QueryCheck {
  static func demand(_ known: [String], in target: RequestTarget) throws(Problem) {
    var seen: Set<String> = []
    var errors: [FieldError] = []
    for item in target.query {
      let pointer = JSONPointer.root.appending(String(item.name.prefix(100)))
      if !known.contains(item.name) {
        errors.append(
          FieldError(
            at: pointer, code: "unknown_parameter",
            message: "“\(item.name.prefix(100))” is no query parameter of this address.", allowed: known.sorted()))
      } else if !seen.insert(item.name).inserted {
        errors.append(
          FieldError(at: pointer, code: "duplicate_parameter", message: "“\(item.name)” is there more than once."))
      }
    }
    guard errors.isEmpty else {
      throw Problem(.invalidQuery, "The query cannot be used: \(errors[0].message)", errors: errors)
    }
  }
}
