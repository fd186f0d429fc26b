import Inference
import StrictJSON

/// Reads the messages of Anthropic's protocol.
struct MessagesMessageReader {
  var fields: FieldReader
  private(set) var conversation = Conversation()

  init(fields: FieldReader) { self.fields = fields }

  /// Rules stand beside the messages there: a text or blocks of text.
  mutating func readSystem(_ value: JSON?, _ place: JSONPointer) {
    guard let value = value?.given else { return }
    conversation.add(.system, content(value, at: place, of: .system).filter { $0 != .text("") }, at: place)
  }

  mutating func read(_ value: JSON?, _ place: JSONPointer) {
    guard let messages = fields.items(value ?? [], place) else { return }
    guard (1...RequestLimits.messagesMax).contains(messages.count) else {
      let found = value?.given == nil ? "none" : "\(messages.count)"
      return fields.refuse(
        place, value?.given == nil ? "missing" : "out_of_range",
        "There are 1 to \(RequestLimits.messagesMax) messages in a call, not \(found).")
    }
    for (index, message) in messages.enumerated() where !fields.isFull {
      let place = place.appending(index)
      guard let message = fields.object(message, place) ?? fields.refuseNull(place) else { continue }
      guard let word = fields.demandedText(message["role"], place.appending("role")) else { continue }
      guard let role = ModelMessage.Role(rawValue: word) else {
        fields.notAllowed(place.appending("role"), word, ["user", "assistant", "system"])
        continue
      }
      fields.loseAll(of: message, but: ["role", "content"], at: place)
      guard let content = message["content"]?.given else {
        fields.refuse(
          place.appending("content"), "missing", "This field is missing; wanted is a string or an array of blocks.")
        continue
      }
      conversation.add(role, self.content(content, at: place.appending("content"), of: role), at: place)
    }
  }

  private mutating func content(_ value: JSON, at place: JSONPointer, of role: ModelMessage.Role) -> [ModelContent] {
    switch value {
    case .string(let text): return [.text(text)]
    case .array(let items):
      var pieces: [ModelContent] = []
      for (index, item) in items.enumerated() where !fields.isFull {
        if let piece = block(item, at: place.appending(index), of: role) { pieces.append(piece) }
      }
      return pieces
    default:
      fields.wrongType(place, "a string or an array of blocks", value)
      return []
    }
  }

  private mutating func block(_ value: JSON, at place: JSONPointer, of role: ModelMessage.Role) -> ModelContent? {
    guard let block = fields.object(value, place) ?? fields.refuseNull(place),
      let type = fields.demandedText(block["type"], place.appending("type"))
    else { return nil }
    if block["cache_control"]?.given != nil { fields.lose(place.appending("cache_control")) }
    switch (type, role) {
    case ("text", _): return fields.demandedText(block["text"], place.appending("text")).map { .text($0) }
    case ("image", .user): return image(block["source"], at: place.appending("source")).map { .image($0) }
    case ("thinking", .assistant):
      let thought = fields.demandedText(block["thinking"], place.appending("thinking"))
      let signature = fields.text(block["signature"], place.appending("signature")) ?? ""
      return thought.map { .thinking(ModelThinking($0, signature: signature)) }
    case ("tool_use", .assistant):
      let id = fields.demandedText(block["id"], place.appending("id"))
      let name = fields.demandedText(block["name"], place.appending("name"))
      guard let input = fields.demandedObject(block["input"], place.appending("input")), let id, let name else {
        return nil
      }
      return .toolCall(ModelToolCall(id: id, name: name, arguments: JSON.object(input).compactText()))
    case ("tool_result", .user): return result(block, at: place).map { .toolResult($0) }
    default:
      fields.lose(place)
      return nil
    }
  }

  private mutating func image(_ value: JSON?, at place: JSONPointer) -> ModelImage? {
    guard let source = fields.demandedObject(value, place),
      let type = fields.demandedText(source["type"], place.appending("type"))
    else { return nil }
    switch type {
    case "base64":
      let mediaType = fields.demandedText(source["media_type"], place.appending("media_type"))
      let data = fields.demandedText(source["data"], place.appending("data"))
      guard let mediaType, let data else { return nil }
      return fields.image(mediaType: mediaType, base64: data, place.appending("data"))
    case "url":
      guard let url = fields.demandedText(source["url"], place.appending("url")) else { return nil }
      return fields.image(url: url, place.appending("url"))
    default:
      fields.lose(place)
      return nil
    }
  }

  /// Only the words of a result are translated; pictures in it are lost.
  private mutating func result(_ block: JSONObject, at place: JSONPointer) -> ModelToolResult? {
    let call = fields.demandedText(block["tool_use_id"], place.appending("tool_use_id"))
    let isError = fields.flag(block["is_error"], place.appending("is_error")) ?? false
    let inner = place.appending("content")
    let pieces = block["content"]?.given.map { content($0, at: inner, of: .system) } ?? []
    let text = pieces.map { if case .text(let text) = $0 { text } else { "" } }.joined(separator: "\n")
    return call.map { ModelToolResult(of: $0, text, isError: isError) }
  }
}
