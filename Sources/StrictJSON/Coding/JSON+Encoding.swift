extension JSON {
  /// The value as JSON, by its own `encode(to:)`.
  ///
  /// Members keep the order they are encoded in. Dictionaries and sets have no order of their own, so their elements
  /// are sorted. A `Float` becomes the `Double` of the same value. Values nest at most ``JSONLimits/deepest`` levels deep.
  ///
  /// - Throws: the first fault, with the pointer of its place: `not_finite`, `integer_out_of_range` (an unsigned or
  ///   128-bit integer outside `Int64`), `nul_character` (U+0000 in a text), `too_deep`, and `invalid` for what the
  ///   value's own `encode(to:)` throws.
  package init<T: Encodable>(encoding value: T) throws(JSONFault) {
    do {
      self = try ValueEncoder(parent: nil, step: nil).json(of: value, at: nil)
    } catch let fault as JSONFault {
      throw fault
    } catch let EncodingError.invalidValue(_, context) {
      throw JSONFault(
        FieldError(at: JSONPointer(codingPath: context.codingPath), code: "invalid", message: context.debugDescription))
    } catch {
      throw JSONFault(FieldError(at: .root, code: "invalid", message: "\(error)"))
    }
  }
}
