import Inference
import StrictJSON

/// Reads the requests of one protocol.
protocol RequestReader {
  init()
  var fields: FieldReader { get set }

  /// What is read of every request. A field that is wrong is told to ``fields`` and left out.
  mutating func facts(_ body: JSONObject, bytes: Int) -> HopFacts

  /// The rest, translated, with its places for ``FieldReader/check(_:_:_:)``.
  mutating func translation(_ body: JSONObject, _ facts: HopFacts) -> (ModelRequest, Conversation)

  static var names: FieldNames { get }
}

extension RequestReader {
  /// - Parameter bytes: of the body's text.
  /// - Throws: what is wrong with the few fields that are read.
  static func facts(of body: JSON, bytes: Int) throws(GatewayFault) -> HopFacts {
    var reader = Self()
    let facts = reader.facts(try members(of: body), bytes: bytes)
    guard reader.fields.errors.isEmpty else { throw .invalid(reader.fields.errors) }
    return facts
  }

  /// - Throws: everything that is wrong with the request.
  static func request(of body: JSON, bytes: Int) throws(GatewayFault) -> ClientRequest {
    var reader = Self()
    let object = try members(of: body)
    let facts = reader.facts(object, bytes: bytes)
    let (request, conversation) = reader.translation(object, facts)
    if reader.fields.errors.isEmpty { reader.fields.check(request, conversation, names) }
    guard reader.fields.errors.isEmpty else { throw .invalid(reader.fields.errors) }
    return ClientRequest(body: body, facts: facts, request: request, untranslated: reader.fields.lost)
  }

  private static func members(of body: JSON) throws(GatewayFault) -> JSONObject {
    guard let object = body.members else {
      throw .invalid([FieldError(at: .root, code: "wrong_type", message: "The body of a request is a JSON object.")])
    }
    return object
  }

  /// The place of a field of the body.
  func at(_ name: String) -> JSONPointer { JSONPointer.root.appending(name) }
}
