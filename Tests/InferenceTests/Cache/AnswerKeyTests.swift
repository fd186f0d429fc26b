import StrictJSON
import Testing
import Vocabulary

@testable import Inference

@Suite("The key of a kept answer")
struct AnswerKeyTests {
  private static func key(
    of request: JSON = ["messages": []], at endpoint: String = "/chat/completions", model: String = "small",
    connection: ModelConnectionID? = nil, key: GatewayKeyID? = nil
  ) -> AnswerKey {
    AnswerKey(
      of: request, at: endpoint,
      from: Upstream(id: UpstreamID(connection: connection, model: model), provider: BuiltInModel()),
      for: CallContext(
        workspace: WorkspaceID(UniqueID(high: 1, low: 1)), key: key, surface: .gateway, task: "chat.completions"))
  }

  @Test func `an answer is the model's that gave it, also where the request does not name one`() {
    #expect(Self.key() == Self.key())
    #expect(Self.key() != Self.key(model: "large"))
  }

  @Test func `endpoint, connection, whoever asks and the order of members decide, too`() {
    let id = UniqueID(high: 2, low: 2)
    let keys = [
      Self.key(), Self.key(at: "/messages"), Self.key(connection: ModelConnectionID(id)),
      Self.key(key: GatewayKeyID(id)), Self.key(of: ["messages": [], "seed": 1]),
      Self.key(of: ["seed": 1, "messages": []]),
    ]
    #expect(Set(keys).count == keys.count)
  }
}
