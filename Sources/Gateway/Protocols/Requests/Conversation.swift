import Inference
import StrictJSON

/// The messages of a request as they are read, each with the place it came from.
///
/// Protocols cut a conversation differently: results of tools are messages of their own in OpenAI's, thoughts and calls
/// items of their own in Responses. Here neighbours of one kind become one message, as Anthropic's protocol wants it.
struct Conversation {
  private(set) var messages: [ModelMessage] = []
  private var places: [JSONPointer] = []
  private var isMerging = false

  /// - Parameter joining: whether the pieces go on with the message before, if that has the same role and was added in the
  ///   same way. A message without pieces is none.
  mutating func add(_ role: ModelMessage.Role, _ content: [ModelContent], at place: JSONPointer, joining: Bool = false)
  {
    guard !content.isEmpty else { return }
    if joining, isMerging, messages.last?.role == role {
      messages[messages.count - 1].content += content
    } else {
      messages.append(ModelMessage(role, content: content))
      places.append(place)
    }
    isMerging = joining
  }

  /// Where the message with this number came from.
  func place(of index: Int) -> JSONPointer? { places.indices.contains(index) ? places[index] : nil }
}

/// The names that one protocol has for what ``ModelRequest`` holds.
struct FieldNames {
  let messages: String
  let tokens: String
  let stop: String
  let thinking: String
}

extension FieldReader {
  /// The faults of the whole request against ``RequestLimits``, with the places of the client's own request.
  mutating func check(_ request: ModelRequest, _ conversation: Conversation, _ names: FieldNames) {
    for fault in request.faults() {
      let tokens = JSONPointer(fault.pointer)?.tokens ?? []
      var place = JSONPointer.root
      switch tokens.first {
      case "messages":
        place =
          tokens.dropFirst().first.flatMap { Int($0) }.flatMap(conversation.place) ?? place.appending(names.messages)
      case "outputTokensMax": place = place.appending(names.tokens)
      case "thinkingTokensMax": place = place.appending(names.thinking)
      case "toolChoice": place = place.appending("tool_choice")
      case "stop":
        place = place.appending(names.stop)
        if let index = tokens.dropFirst().first.flatMap({ Int($0) }) { place = place.appending(index) }
      default: place = JSONPointer(fault.pointer) ?? place
      }
      refuse(place, fault.code, fault.message)
    }
  }

  /// The bound of what is said and of what is thought, from the bound of both that clients give and an effort.
  ///
  /// Of a bound at most half is for thinking; what would be less than ``ThinkingEffort/tokensMin`` is none.
  static func split(_ tokens: Int?, _ thinking: Int?) -> (output: Int?, thinking: Int?) {
    guard let tokens, let thinking, thinking > 0 else { return (tokens, thinking) }
    let share = min(thinking, tokens / 2)
    return share < ThinkingEffort.tokensMin ? (tokens, 0) : (tokens - share, share)
  }
}

/// The words that OpenAI's protocols have for how much a model thinks, as bounds of tokens, which others want.
enum ThinkingEffort: String, CaseIterable {
  case none, minimal, low, medium, high, xhigh, max

  /// The least that Anthropic's protocol lets a model think.
  static let tokensMin = 1_024

  var tokens: Int {
    switch self {
    case .none: 0
    case .minimal: Self.tokensMin
    case .low: 4_096
    case .medium: 8_192
    case .high: 24_576
    case .xhigh, .max: 32_768
    }
  }
}

extension FieldReader {
  mutating func effort(_ value: JSON?, _ pointer: JSONPointer) -> Int? {
    word(value, pointer, of: ThinkingEffort.allCases.map(\.rawValue)).flatMap { ThinkingEffort(rawValue: $0)?.tokens }
  }

  /// A tool's JSON Schema; one that takes nothing where there is none.
  mutating func parameters(_ value: JSON?, _ pointer: JSONPointer) -> JSON {
    object(value, pointer).map { .object($0) } ?? ["type": "object", "properties": [:]]
  }

  /// The function tools of a list: `describe` leads from an item to what describes the function.
  mutating func functionTools(
    _ value: JSON?, _ pointer: JSONPointer,
    _ describe: (inout FieldReader, JSONObject, JSONPointer) -> (JSONObject, JSONPointer)?
  ) -> [ModelTool] {
    guard let items = items(value, pointer) else { return [] }
    guard items.count <= RequestLimits.toolsMax else {
      refuse(pointer, "out_of_range", "At most \(RequestLimits.toolsMax) tools can be offered, not \(items.count).")
      return []
    }
    var tools: [ModelTool] = []
    var names: Set<String> = []
    for (index, item) in items.enumerated() {
      let place = pointer.appending(index)
      guard let object = object(item, place) ?? refuseNull(place),
        let type = demandedText(object["type"], place.appending("type"))
      else { continue }
      guard type == "function" else {
        lose(place)
        continue
      }
      guard let (function, place) = describe(&self, object, place),
        let name = toolName(function["name"], place.appending("name"), &names)
      else { continue }
      if function["strict"]?.flag == true { lose(place.appending("strict")) }
      tools.append(
        ModelTool(
          name: name, summary: text(function["description"], place.appending("description")) ?? "",
          parameters: parameters(function["parameters"], place.appending("parameters"))))
    }
    return tools
  }

  /// A name that all providers take, and that no other tool has.
  mutating func toolName(_ value: JSON?, _ pointer: JSONPointer, _ names: inout Set<String>) -> String? {
    guard let name = demandedText(value, pointer) else { return nil }
    if !ModelTool.isName(name) {
      refuse(
        pointer, "out_of_range",
        "A tool's name has 1 to \(RequestLimits.toolNameBytesMax) letters, digits, “_” and “-”.")
    } else if !names.insert(name).inserted {
      refuse(pointer, "duplicate", "There are two tools of the name “\(name)”.")
    }
    return name
  }

  /// Refuses a `null` where an object must be, and a value of another type, which was refused already, not again.
  mutating func refuseNull(_ pointer: JSONPointer) -> JSONObject? {
    if errors.last?.pointer != pointer.description { wrongType(pointer, "an object", .null) }
    return nil
  }
}
