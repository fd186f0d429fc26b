import StrictJSON

/// Items of a conversation, each with an id.
enum ResponseItems {
  /// What a request brings.
  ///
  /// - Parameter id: of the response that it asks for.
  static func input(of request: JSON, for id: ResponseID) -> [JSON] {
    let items: [JSON] =
      switch request["input"] {
      case .string(let text)?: [["role": "user", "content": .string(text)]]
      case .array(let items)?: items
      default: []
      }
    return items.enumerated().map { index, item in
      guard let members = item.members else { return item }
      return .object(whole(members, "\(id.digits)_in\(index)"))
    }
  }

  /// What a response said.
  static func output(of answer: JSON) -> [JSON] { answer["output"]?.items ?? [] }

  /// A message says that it is one, and its text is a part; an item without an id gets one.
  private static func whole(_ members: JSONObject, _ name: String) -> JSONObject {
    var item: JSONObject = [:]
    let type = members["type"]?.text ?? "message"
    item["id"] = members["id"]?.given ?? .string("\(prefix(of: type))_\(name)")
    item["type"] = .string(type)
    for (key, value) in members where key != "id" && key != "type" { item[key] = value }
    if type == "message", case .string(let text)? = members["content"] {
      item["content"] =
        members["role"]?.text == "assistant"
        ? [ResponseItem.part(text)] : [["type": "input_text", "text": .string(text)]]
    }
    return item
  }

  private static func prefix(of type: String) -> String {
    switch type {
    case "message": "msg"
    case "function_call": "fc"
    case "function_call_output": "fco"
    case "reasoning": "rs"
    default: "item"
    }
  }
}

/// Which items of a list are wanted.
struct ItemPage {
  var limit = 20
  var isAscending = false
  /// Those that come after this one.
  var after: String?

  /// - Throws: everything that is wrong with the query, 400.
  init(_ query: [String: String]) throws(GatewayFault) {
    var errors: [FieldError] = []
    if let text = query["limit"] {
      if let limit = Int(text), (1...100).contains(limit) {
        self.limit = limit
      } else {
        errors.append(
          FieldError(pointer: "/limit", code: "out_of_range", message: "Wanted is a whole number from 1 to 100."))
      }
    }
    if let order = query["order"] {
      isAscending = order == "asc"
      if order != "asc", order != "desc" {
        errors.append(
          FieldError(
            pointer: "/order", code: "not_allowed", message: "Allowed are asc, desc.", allowed: ["asc", "desc"]))
      }
    }
    after = query["after"]
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// The page as OpenAI lists things.
  ///
  /// - Parameter items: oldest first.
  /// - Throws: ``GatewayFault`` when there is no item to go on after.
  func list(of items: [JSON]) throws(GatewayFault) -> JSON {
    var rest = (isAscending ? items : items.reversed())[...]
    if let after {
      guard let place = rest.firstIndex(where: { $0["id"]?.text == after }) else {
        throw .invalid([
          FieldError(
            pointer: "/after", code: "not_allowed", message: "There is no item “\(after.prefix(100))” in this list.")
        ])
      }
      rest = rest[(place + 1)...]
    }
    let page = rest.prefix(limit)
    return [
      "object": "list", "data": .array(Array(page)), "first_id": page.first?["id"] ?? .null,
      "last_id": page.last?["id"] ?? .null, "has_more": .bool(rest.count > page.count),
    ]
  }
}
