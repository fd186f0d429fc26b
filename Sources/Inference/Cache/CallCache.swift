import StrictJSON
import Synchronization

/// Where a call looks for its answer before it asks, and where it leaves it.
struct CallCache<Frame: AnswerFrame>: Sendable {
  let store: AnswerCache
  /// How long an answer is kept.
  let age: Duration
  /// By which key an upstream's answer is found; nil where an answer must not be kept.
  let key: @Sendable (Upstream) -> AnswerKey?
  /// Told of an answer that was found.
  var onFound: @Sendable (StoredAnswer) -> Void = { _ in }

  /// The frames of an answer; nil when they are none of this version.
  func frames(of answer: StoredAnswer) -> [Frame]? {
    try? JSON(parsing: answer.text.json, limits: .stored).decode([Frame].self)
  }

  /// Keeps an answer when it is whole.
  func keep(_ kept: KeptFrames<Frame>, as key: AnswerKey, from upstream: Upstream, for context: CallContext) async {
    guard let frames = kept.whole, let json = try? JSON(encoding: frames).canonicalText() else { return }
    await store.keep(
      JSONText(json: json), as: key,
      of: AnswerLabel(task: context.task, provider: upstream.provider.name, model: upstream.model), for: age,
      in: context.workspace)
  }
}

/// The frames of an attempt, as long as they are few enough to be kept.
final class KeptFrames<Frame: AnswerFrame>: Sendable {
  private let state = Mutex<(frames: [Frame], bytes: Int, isTooMuch: Bool)>(([], 0, false))

  func add(_ frame: Frame) {
    state.withLock { state in
      guard !state.isTooMuch else { return }
      state.bytes += frame.keptBytes
      if state.bytes > AnswerCache.answerBytesMax {
        state = ([], 0, true)
      } else {
        state.frames.append(frame)
      }
    }
  }

  /// All frames of an answer that has said what it wanted to; nil for one that ended for another reason.
  var whole: [Frame]? {
    let (frames, _, isTooMuch) = state.withLock { $0 }
    guard !isTooMuch else { return nil }
    let reasons = frames.flatMap(\.events).compactMap { event -> FinishReason? in
      if case .finished(let reason) = event { reason } else { nil }
    }
    return reasons == [.stop] || reasons == [.toolCalls] ? frames : nil
  }
}
