import Inference
import StrictJSON

/// Puts together again what the events of a response have said, so that one that broke off can be ended.
struct FrameFold {
  /// How many there were.
  private(set) var count = 0
  /// The model by its own word; empty where it gave none.
  private(set) var model = ""
  private var items: [Int: JSONObject] = [:]
  private var texts: [Int: String] = [:]
  private var done: Set<Int> = []

  /// - Throws: `JSONFault` for what is no event of a response.
  mutating func add(_ frame: String) throws {
    count += 1
    guard let line = frame.split(separator: "\n").first(where: { $0.hasPrefix("data: ") }) else { return }
    let event = try JSON(parsing: Array(line.dropFirst(6).utf8), limits: .stored)
    if let told = event["response"]?["model"]?.text { model = told }
    guard let index = event["output_index"]?.int64.flatMap({ Int(exactly: $0) }) else { return }
    switch event["type"]?.text {
    case "response.output_item.added": items[index] = event["item"]?.members
    case "response.output_item.done":
      items[index] = event["item"]?.members
      done.insert(index)
    case "response.output_text.delta", "response.reasoning_summary_text.delta",
      "response.function_call_arguments.delta":
      texts[index, default: ""] += event["delta"]?.text ?? ""
    default: break
    }
  }

  /// The items so far; those that are not done are beginnings.
  var output: [JSON] {
    items.sorted { $0.key < $1.key }.map { index, item in
      guard !done.contains(index) else { return .object(item) }
      var item = item
      item["status"] = .string(ResponseDocument.Status.incomplete.rawValue)
      let text = texts[index] ?? ""
      switch item["type"]?.text {
      case "message": item["content"] = [ResponseItem.part(text)]
      case "reasoning": item["summary"] = text.isEmpty ? [] : [ResponseItem.summary(text)]
      default: item["arguments"] = .string(text)
      }
      return .object(item)
    }
  }
}
