import Inference
import StrictJSON

/// Reads the input of a response: a text, or items. What the model said, thought and called are items of their own
/// there; neighbours become one message.
struct ResponsesItemReader {
  private static let roles = ["user", "assistant", "system", "developer"]

  var fields: FieldReader
  private(set) var conversation = Conversation()

  init(fields: FieldReader) { self.fields = fields }

  mutating func readInstructions(_ value: JSON?, _ place: JSONPointer) {
    if let text = fields.text(value, place), !text.isEmpty { conversation.add(.system, [.text(text)], at: place) }
  }

  mutating func read(_ value: JSON?, _ place: JSONPointer) {
    switch value?.given {
    case .string(let text)?: conversation.add(.user, [.text(text)], at: place)
    case .array(let items)?:
      guard (1...RequestLimits.piecesMax).contains(items.count) else {
        return fields.refuse(
          place, "out_of_range", "There are 1 to \(RequestLimits.piecesMax) items in a call, not \(items.count).")
      }
      for (index, item) in items.enumerated() where !fields.isFull { read(item, at: place.appending(index)) }
    case let other?: fields.wrongType(place, "a string or an array of items", other)
    case nil: fields.refuse(place, "missing", "This field is missing; wanted is a string or an array of items.")
    }
  }

  private mutating func read(_ value: JSON, at place: JSONPointer) {
    guard let item = fields.object(value, place) ?? fields.refuseNull(place) else { return }
    guard let type = fields.text(item["type"] ?? "message", place.appending("type")) else {
      if item["type"]?.isNull == true { fields.lose(place) }  // A reference to an item kept elsewhere.
      return
    }
    switch type {
    case "message": readMessage(item, at: place)
    case "function_call":
      let call = fields.demandedText(item["call_id"], place.appending("call_id"))
      let name = fields.demandedText(item["name"], place.appending("name"))
      let arguments = fields.text(item["arguments"], place.appending("arguments")) ?? ""
      guard let call, let name else { return }
      conversation.add(
        .assistant, [.toolCall(ModelToolCall(id: call, name: name, arguments: arguments))], at: place, joining: true)
    case "function_call_output":
      let text = content(item["output"], at: place.appending("output"))
        .map { if case .text(let text) = $0 { text } else { lostPicture(place) } }.joined(separator: "\n")
      guard let call = fields.demandedText(item["call_id"], place.appending("call_id")) else { return }
      conversation.add(.user, [.toolResult(ModelToolResult(of: call, text))], at: place, joining: true)
    case "reasoning": readThought(item, at: place)
    default: fields.lose(place)
    }
  }

  private mutating func readMessage(_ item: JSONObject, at place: JSONPointer) {
    guard let word = fields.demandedText(item["role"], place.appending("role")) else { return }
    guard Self.roles.contains(word) else { return fields.notAllowed(place.appending("role"), word, Self.roles) }
    let pieces = content(item["content"], at: place.appending("content"))
    switch word {
    case "assistant": conversation.add(.assistant, pieces.filter { $0 != .text("") }, at: place, joining: true)
    case "user": conversation.add(.user, pieces, at: place)
    default: conversation.add(.system, pieces, at: place)
    }
  }

  private mutating func readThought(_ item: JSONObject, at place: JSONPointer) {
    let signature = fields.text(item["encrypted_content"], place.appending("encrypted_content")) ?? ""
    var text = ""
    for name in ["content", "summary"] where text.isEmpty {
      for (index, part) in (fields.items(item[name], place.appending(name)) ?? []).enumerated() {
        let place = place.appending(name).appending(index)
        guard let part = fields.object(part, place) ?? fields.refuseNull(place) else { continue }
        text += fields.demandedText(part["text"], place.appending("text")) ?? ""
      }
    }
    let thought = ModelThinking(text, signature: signature)
    guard thought != ModelThinking("") else { return }
    conversation.add(.assistant, [.thinking(thought)], at: place, joining: true)
  }

  private mutating func content(_ value: JSON?, at place: JSONPointer) -> [ModelContent] {
    switch value?.given {
    case .string(let text)?: return [.text(text)]
    case .array(let items)?:
      var pieces: [ModelContent] = []
      for (index, item) in items.enumerated() where !fields.isFull {
        if let piece = part(item, at: place.appending(index)) { pieces.append(piece) }
      }
      return pieces
    case let other?: fields.wrongType(place, "a string or an array of parts", other)
    case nil: fields.refuse(place, "missing", "This field is missing; wanted is a string or an array of parts.")
    }
    return []
  }

  private mutating func part(_ value: JSON, at place: JSONPointer) -> ModelContent? {
    guard let part = fields.object(value, place) ?? fields.refuseNull(place),
      let type = fields.demandedText(part["type"], place.appending("type"))
    else { return nil }
    switch type {
    case "input_text", "output_text", "text":
      return fields.demandedText(part["text"], place.appending("text")).map { .text($0) }
    case "refusal": return fields.demandedText(part["refusal"], place.appending("refusal")).map { .text($0) }
    case "input_image" where part["image_url"]?.given != nil:
      if let detail = part["detail"]?.given, detail != "auto" { fields.lose(place.appending("detail")) }
      let inner = place.appending("image_url")
      return fields.text(part["image_url"], inner).flatMap { fields.image(url: $0, inner) }.map { .image($0) }
    default:
      fields.lose(place)
      return nil
    }
  }

  /// Only the words of a result are translated.
  private mutating func lostPicture(_ place: JSONPointer) -> String {
    fields.lose(place.appending("output"))
    return ""
  }
}
