import Inference
import StrictJSON

/// Reads the messages of OpenAI's chat protocol.
struct ChatMessageReader {
  private static let roles = ["system", "developer", "user", "assistant", "tool"]

  var fields: FieldReader
  private(set) var conversation = Conversation()

  init(fields: FieldReader) { self.fields = fields }

  mutating func read(_ value: JSON?, _ place: JSONPointer) {
    guard let messages = fields.items(value ?? [], place) else { return }
    guard (1...RequestLimits.messagesMax).contains(messages.count) else {
      let found = value?.given == nil ? "none" : "\(messages.count)"
      return fields.refuse(
        place, value?.given == nil ? "missing" : "out_of_range",
        "There are 1 to \(RequestLimits.messagesMax) messages in a call, not \(found).")
    }
    for (index, message) in messages.enumerated() where !fields.isFull { read(message, at: place.appending(index)) }
  }

  private mutating func read(_ value: JSON, at place: JSONPointer) {
    guard let message = fields.object(value, place) ?? fields.refuseNull(place) else { return }
    guard let word = fields.demandedText(message["role"], place.appending("role")) else { return }
    switch word {
    case "system", "developer":
      conversation.add(.system, parts(message, place), at: place)
      fields.loseAll(of: message, but: ["role", "content"], at: place)
    case "user":
      conversation.add(.user, parts(message, place), at: place)
      fields.loseAll(of: message, but: ["role", "content"], at: place)
    case "assistant": readAssistant(message, at: place)
    case "tool": readResult(message, at: place)
    default: fields.notAllowed(place.appending("role"), word, Self.roles)
    }
  }

  private mutating func readAssistant(_ message: JSONObject, at place: JSONPointer) {
    var content: [ModelContent] = []
    for name in ["reasoning_content", "reasoning"] where content.isEmpty {
      if let thought = fields.text(message[name], place.appending(name)), !thought.isEmpty {
        content.append(.thinking(ModelThinking(thought)))
      }
    }
    if message["content"]?.given != nil { content += parts(message, place).filter { $0 != .text("") } }
    let calls = place.appending("tool_calls")
    for (index, call) in (fields.items(message["tool_calls"], calls) ?? []).enumerated() where !fields.isFull {
      if let call = self.call(call, at: calls.appending(index)) { content.append(.toolCall(call)) }
    }
    conversation.add(.assistant, content, at: place)
    fields.loseAll(
      of: message, but: ["role", "content", "tool_calls", "reasoning_content", "reasoning"], at: place)
  }

  private mutating func call(_ value: JSON, at place: JSONPointer) -> ModelToolCall? {
    guard let call = fields.object(value, place) ?? fields.refuseNull(place) else { return nil }
    guard call["type"]?.text ?? "function" == "function" else {
      fields.lose(place)
      return nil
    }
    let id = fields.demandedText(call["id"], place.appending("id"))
    let inner = place.appending("function")
    guard let function = fields.demandedObject(call["function"], inner) else { return nil }
    let name = fields.demandedText(function["name"], inner.appending("name"))
    let arguments = fields.text(function["arguments"], inner.appending("arguments")) ?? ""
    guard let id, let name else { return nil }
    return ModelToolCall(id: id, name: name, arguments: arguments)
  }

  private mutating func readResult(_ message: JSONObject, at place: JSONPointer) {
    let call = fields.demandedText(message["tool_call_id"], place.appending("tool_call_id"))
    let text = parts(message, place).map { if case .text(let text) = $0 { text } else { "" } }.joined()
    fields.loseAll(of: message, but: ["role", "content", "tool_call_id"], at: place)
    guard let call else { return }
    conversation.add(.user, [.toolResult(ModelToolResult(of: call, text))], at: place, joining: true)
  }

  private mutating func parts(_ message: JSONObject, _ place: JSONPointer) -> [ModelContent] {
    let place = place.appending("content")
    switch message["content"] {
    case .string(let text)?: return [.text(text)]
    case .array(let items)?:
      var pieces: [ModelContent] = []
      for (index, item) in items.enumerated() where !fields.isFull {
        if let piece = part(item, at: place.appending(index)) { pieces.append(piece) }
      }
      return pieces
    case nil, .null?: fields.refuse(place, "missing", "This field is missing; wanted is a string or an array of parts.")
    case let other?: fields.wrongType(place, "a string or an array of parts", other)
    }
    return []
  }

  private mutating func part(_ value: JSON, at place: JSONPointer) -> ModelContent? {
    guard let part = fields.object(value, place) ?? fields.refuseNull(place),
      let type = fields.demandedText(part["type"], place.appending("type"))
    else { return nil }
    switch type {
    case "text": return fields.demandedText(part["text"], place.appending("text")).map { .text($0) }
    case "refusal": return fields.demandedText(part["refusal"], place.appending("refusal")).map { .text($0) }
    case "image_url":
      let inner = place.appending("image_url")
      guard let image = fields.demandedObject(part["image_url"], inner),
        let url = fields.demandedText(image["url"], inner.appending("url"))
      else { return nil }
      if let detail = image["detail"]?.given, detail != "auto" { fields.lose(inner.appending("detail")) }
      return fields.image(url: url, inner.appending("url")).map { .image($0) }
    default:
      fields.lose(place)
      return nil
    }
  }
}
