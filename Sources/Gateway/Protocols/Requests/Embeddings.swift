package import StrictJSON

/// `POST /v1/embeddings`, which is only handed on: there is nothing in it to translate (OpenAI API reference,
/// Embeddings).
package enum Embeddings {
  /// The model, and a bound of the tokens. Texts are not looked at; an array of token numbers has at most as many
  /// tokens as bytes, too.
  ///
  /// - Parameter bytes: of the body's text.
  /// - Throws: what is wrong with the model.
  package static func facts(of body: JSON, bytes: Int) throws(GatewayFault) -> HopFacts {
    guard let object = body.members else {
      throw .invalid([FieldError(at: .root, code: "wrong_type", message: "The body of a request is a JSON object.")])
    }
    var fields = FieldReader()
    let model = fields.model(object)
    if object["input"]?.given == nil {
      fields.refuse(
        JSONPointer.root.appending("input"), "missing", "This field is missing; wanted is a string or an array.")
    }
    guard let model, fields.errors.isEmpty else { throw .invalid(fields.errors) }
    var facts = HopFacts(model: model)
    facts.outputTokensMax = 0
    facts.inputTokensMax = bytes
    return facts
  }

  /// The body for the upstream.
  package static func hop(_ body: JSON, model: String) -> JSON {
    HopBody.make(of: body, model: model, asksForUsage: false)
  }
}
