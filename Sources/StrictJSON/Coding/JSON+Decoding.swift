extension JSON {
  /// A value of the type, by its own `init(from:)`.
  ///
  /// Nothing is converted: a `Bool` is `true` or `false` and never 0 or 1, a string is no number, and an integer must
  /// be written as one, so `3.0` is a `Double` and no `Int`. A `Double` may be written as an integer. Members the type
  /// does not ask for are left alone; ``JSONSchema`` finds those, and all errors instead of the first.
  ///
  /// - Parameter pointer: where this value stands in the document that the errors' pointers are for.
  /// - Throws: the first fault, with the pointer of its place: `missing`, `wrong_type`, `too_small` or `too_large` (an
  ///   integer or `Float` outside its type), `not_allowed` (no case of an enum; the message and `allowed` name those
  ///   there are), and `invalid` for what the type's own `init(from:)` throws.
  package func decode<T: Decodable>(
    _ type: T.Type = T.self, at pointer: JSONPointer = .root
  ) throws(JSONFault) -> T {
    do throws(JSONFault) {
      return try ValueDecoder(self, parent: nil, step: nil).decoded(type)
    } catch {
      throw error.inside(pointer)
    }
  }
}
