/// Gives one JSON value, and those inside it, to a type's `init(from:)`.
final class ValueDecoder: Decoder {
  let value: JSON
  private let parent: ValueDecoder?
  private let step: PathStep?

  init(_ value: JSON, parent: ValueDecoder?, step: PathStep?) {
    self.value = value
    self.parent = parent
    self.step = step
  }

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  var codingPath: [any CodingKey] { steps }

  /// Where the value stands in the document.
  var place: JSONPointer { steps.reduce(.root) { $0.appending($1) } }

  private var steps: [PathStep] { (parent?.steps ?? []) + (step.map { [$0] } ?? []) }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw wrongType("an object", value, at: nil) }
    return KeyedDecodingContainer(MemberDecoder(decoder: self, members: members))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let items) = value else { throw wrongType("an array", value, at: nil) }
    return ItemDecoder(decoder: self, items: items)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { ScalarDecoder(decoder: self) }

  func child(_ value: JSON, at step: PathStep) -> ValueDecoder { ValueDecoder(value, parent: self, step: step) }

  /// The value as a type; whatever its `init(from:)` throws becomes a fault here, where the place is known.
  func decoded<T: Decodable>(_ type: T.Type) throws(JSONFault) -> T {
    if T.self == JSON.self, let value = value as? T { return value }
    do {
      return try T(from: self)
    } catch let fault as JSONFault {
      throw fault
    } catch let error as DecodingError {
      throw fault(for: error, decoding: type)
    } catch let error as FieldError {
      throw JSONFault(error).inside(place)
    } catch {
      throw fault(at: nil, "invalid", "\(error)")
    }
  }
}
