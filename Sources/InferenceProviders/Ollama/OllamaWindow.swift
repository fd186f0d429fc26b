import Inference
import StrictJSON

/// How large a context Ollama is asked for: it cuts a request that is longer than what it was given without a word, and gives
/// little unless it is asked.
enum OllamaWindow {
  /// The least that is asked for; what a turn counts on.
  static let tokensMin = ChosenModel.contextTokensUnknown
  private static let tokensMax = 1 << 20
  /// Room for an answer without a bound.
  private static let answerTokens = 2_048
  /// About what a picture takes.
  private static let imageTokens = 1_024

  /// A power of two in which the request and its answer have room. Powers, because each other size has the model loaded anew.
  /// Ollama itself gives no more than the model takes.
  static func tokens(for request: ModelRequest) -> Int {
    var bytes = request.tools.reduce(0) { $0 + $1.summary.utf8.count + $1.parameters.canonicalBytes().count }
    var images = 0
    for message in request.messages {
      for piece in message.content {
        switch piece {
        case .text(let text): bytes += text.utf8.count
        case .toolCall(let call): bytes += call.arguments.utf8.count
        case .toolResult(let result): bytes += result.text.utf8.count
        case .image: images += 1
        case .thinking: break
        }
      }
    }
    let answer = (request.outputTokensMax ?? answerTokens) + (request.thinkingTokensMax ?? 0)
    // Some 3 bytes of most languages are a token; short ones and what stands around messages make up for the rest.
    let needed = bytes / 3 + 16 * request.messages.count + images * imageTokens + answer
    var tokens = tokensMin
    while tokens < needed, tokens < tokensMax { tokens *= 2 }
    return tokens
  }
}
