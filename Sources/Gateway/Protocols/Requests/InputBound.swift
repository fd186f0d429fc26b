import StrictJSON

/// A bound for the tokens of a request that needs no tokenizer.
///
/// A token stands for at least one byte of text, whichever vocabulary it is of: byte-pair vocabularies are made of
/// bytes, and those of pieces fall back to single bytes. The body has at least as many bytes as its texts, since
/// escapes only lengthen them, and its punctuation outweighs what a template puts around messages. So there are at most
/// as many tokens as bytes, with three corrections:
///
/// - an inline picture does not cost what its base64 has in bytes, but what its pixels cost: its data are left out and
///   ``imageTokensMax`` put in;
/// - a provider puts words of its own before tools: ``toolsTokensMax``;
/// - what the request only points to has no bound here: files, documents, sounds, responses and conversations kept by the
///   provider, prompts by id, and what tools that the provider runs itself will find.
///
/// Vocabularies that spread one character into many (Unicode's NFKC makes 18 of U+FDFA) could exceed it; what was
/// really used is settled afterwards.
enum InputBound {
  /// The most that a provider takes for one picture: 48,169 tokens, OpenAI's gpt-4o-mini with 8 tiles (2,833 + 8 ×
  /// 5,667; OpenAI, Images and vision, November 2026).
  static let imageTokensMax = 50_000
  /// Anthropic puts up to 804 tokens before tools (Anthropic, Tool use overview, November 2026).
  static let toolsTokensMax = 1_000

  /// - Parameters:
  ///   - contents: the messages or items; anything below them is looked at, no text is.
  ///   - bytes: of the whole body.
  /// - Returns: nil when something is only pointed to.
  static func tokens(of contents: JSON?, tools: JSON?, bytes: Int) -> Int? {
    let tools = tools?.items ?? []
    guard tools.allSatisfy({ ["function", "custom"].contains($0["type"]?.text ?? "custom") }) else { return nil }
    var images = Images()
    if let contents { images.look(at: contents, depth: 0) }
    guard !images.isElsewhere else { return nil }
    return max(0, bytes - images.bytes) + images.count * imageTokensMax + (tools.isEmpty ? 0 : toolsTokensMax)
  }
}

/// The pictures in a list of messages, in the forms of all protocols.
private struct Images {
  var count = 0
  var bytes = 0
  var isElsewhere = false

  /// Messages hold pieces, and results of tools hold pieces again.
  private static let depthMax = 6

  mutating func look(at value: JSON, depth: Int) {
    guard depth <= Self.depthMax, !isElsewhere else { return }
    switch value {
    case .array(let items): for item in items { look(at: item, depth: depth + 1) }
    case .object(let object): look(at: object, depth: depth)
    default: break
    }
  }

  private mutating func look(at object: JSONObject, depth: Int) {
    switch object["type"]?.text {
    case "image_url": add(object["image_url"]?["url"] ?? object["image_url"])
    case "input_image": add(object["image_url"])
    case "image": add(object["source"]?["data"] ?? object["source"]?["url"])
    case "text", "input_text", "output_text", "thinking", "tool_use", "function_call": break
    case "input_audio", "input_file", "file", "document", "container_upload", "item_reference", "search_result":
      isElsewhere = true
    default:
      if let content = object["content"] { look(at: content, depth: depth + 1) }
      if let output = object["output"] { look(at: output, depth: depth + 1) }
    }
  }

  private mutating func add(_ picture: JSON?) {
    guard let text = picture?.text else {
      isElsewhere = true
      return
    }
    count += 1
    bytes += text.utf8.count
  }
}
