/// The raw values of an enum that lists its cases and is written as a string or integer, in the order of the cases;
/// `nil` for any other type.
func rawValues(of type: Any.Type) -> [JSON]? {
  guard let type = type as? any (CaseIterable & RawRepresentable).Type else { return nil }
  return rawValues(ofCases: type)
}

private func rawValues<T: CaseIterable & RawRepresentable>(ofCases type: T.Type) -> [JSON]? {
  let values = type.allCases.compactMap { one -> JSON? in
    switch one.rawValue {
    case let text as String: .string(text)
    case let integer as any FixedWidthInteger: Int64(exactly: integer).map { .integer($0) }
    default: nil
    }
  }
  return values.count == type.allCases.count ? values : nil
}
