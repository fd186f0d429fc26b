import Foundation
import Inference
import InferenceConformance
import StrictJSON
import Testing

/// A provider that does what the plan says, without an upstream.
private struct ScriptedProvider: ModelProvider {
  let name = "Test"
  let plan: UpstreamPlan

  func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { [plan] sink in
      switch plan {
      case .answers(let pieces, let usage):
        try await say(pieces, to: sink)
        if let usage { try await sink.send(.usage(usage)) }
        try await sink.send(.finished(.stop))
      case .runsOut(let pieces):
        try await say(pieces, to: sink)
        try await sink.send(.finished(.length))
      case .isCut(let pieces): try await say(pieces, to: sink)
      case .fallsSilent(let pieces):
        try await say(pieces, to: sink)
        throw InferenceError(.stalled, from: "Test", "Test fell silent.")
      case .neverEnds(let piece):
        try await say([], to: sink)
        while true { try await sink.send(.text(piece)) }
      case .refusesKey: throw InferenceError(.badKey, from: "Test", "No: sk-canary-1234567890")
      case .wantsPause(let seconds):
        throw InferenceError(.rateLimited, from: "Test", "Wait.", retryAfter: .seconds(seconds))
      case .isOverloaded: throw InferenceError(.overloaded, from: "Test", "Busy.")
      case .isGone: throw InferenceError(.refused, from: "Test", "Gone.")
      }
    }
  }

  private func say(_ pieces: [String], to sink: ModelSink) async throws {
    try await sink.send(.started(model: "test-model"))
    for piece in pieces { try await sink.send(.text(piece)) }
  }
}

/// Records a call of the plan, then gives what replays it; or what records while it answers.
private final class RecordingRig: ConformanceRig {
  let isReplaying: Bool
  let scratch = NSTemporaryDirectory() + "arbiter-recordings-" + UUID().uuidString

  init(isReplaying: Bool) { self.isReplaying = isReplaying }

  func provider(for plan: UpstreamPlan) async throws -> (any ModelProvider)? {
    let folder = CallFolder(scratch)
    let recording = RecordingProvider(wrapping: ScriptedProvider(plan: plan), to: folder)
    if case .neverEnds = plan { return nil }
    guard isReplaying else { return recording }
    do { for try await _ in recording.stream(InferenceConformance.request) {} } catch {
      // What the recording holds then is the error.
    }
    return ReplayProvider(from: folder)
  }

  func departure() async {}
  func close() async { try? FileManager.default.removeItem(atPath: scratch) }
}

@Suite(.timeLimit(.minutes(5))) struct Recordings {
  /// The promises for which a recording has an upstream; one that is left is not recorded.
  private static let promises = InferenceConformance.cases.filter { !$0.description.contains("is left within") }

  @Test(arguments: promises, [false, true])
  func `and their replay keep the promises of every provider`(promise: ConformanceCase, isReplaying: Bool) async throws
  {
    #expect(try await promise.run(on: RecordingRig(isReplaying: isReplaying)))
  }

  private func withFolder<Result>(_ body: (CallFolder) async throws -> Result) async throws -> Result {
    let path = NSTemporaryDirectory() + "arbiter-recordings-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(CallFolder(path))
  }

  private func text(in folder: CallFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      try String(contentsOfFile: folder.path + "/" + $0, encoding: .utf8)
    }
  }

  @Test func `hold no key, also one that came in pieces, and are found with any`() async throws {
    try await withFolder { folder in
      let upstream = ScriptedProvider(plan: .answers(["your key is sk-can", "ary-1234567890."], usage: nil))
      var request = InferenceConformance.request
      request.messages.append(ModelMessage(.user, "My key is sk-canary-1234567890"))
      _ = try await RecordingProvider(wrapping: upstream, to: folder).answer(to: request)
      #expect(try text(in: folder).count == 1)
      #expect(try !text(in: folder).joined().contains("canary"))
      request.messages[2].content = [.text("My key is sk-other-1234567890")]
      #expect(try await ReplayProvider(from: folder).answer(to: request).text == "your key is [key]")
    }
  }

  @Test func `of another request say where it differs`() async throws {
    try await withFolder { folder in
      let upstream = ScriptedProvider(plan: .answers(["a"], usage: nil))
      _ = try await RecordingProvider(wrapping: upstream, to: folder).answer(to: InferenceConformance.request)
      var other = InferenceConformance.request
      other.temperature = 1
      other.messages[1].content = [.text("I close the door.")]
      let error = try await #require(throws: InferenceError.self) {
        try await ReplayProvider(from: folder).answer(to: other)
      }
      #expect(error.kind == .badRequest)
      #expect(error.message.contains(#"/messages/1/text ("I open the door." there, "I close the door." here)"#))
      #expect(error.message.contains("/temperature (0.5 there, 1 here)"))
    }
  }

  @Test func `that are not there are refused`() async throws {
    try await withFolder { folder in
      let error = try await #require(throws: InferenceError.self) {
        try await ReplayProvider(from: folder).answer(to: InferenceConformance.request)
      }
      #expect(error.message.contains("There is no recording at all."))
    }
  }

  @Test(arguments: [
    "", "{}", "[]", "nonsense",
    #"{"version":2,"provider":"x","request":{"model":"m","messages":[],"format":{"text":{}},"stop":[]},"events":[]}"#,
  ])
  func `that are damaged are named as that`(content: String) async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
      let file = "\(folder.path)/\(InferenceConformance.request.recordingDigest).json"
      try content.write(toFile: file, atomically: true, encoding: .utf8)
      let error = try await #require(throws: InferenceError.self) {
        try await ReplayProvider(from: folder).answer(to: InferenceConformance.request)
      }
      #expect(error.kind == .nonsense)
    }
  }

  @Test func `are read as they were written`() throws {
    let record = CallRecord(
      provider: "Test", request: InferenceConformance.request,
      events: [
        .started(model: "m"), .text("a \n ü"), .usage(TokenUsage(input: 1, cachedInput: 0)), .finished(.other("eos")),
      ],
      error: InferenceError(.rateLimited, from: "Test", "Wait.", retryAfter: .milliseconds(1_500), kept: "a"))
    #expect(try CallRecord(fileBytes: record.fileBytes()) == record)
  }

  @Test func `show that an answer was replayed`() {
    #expect(ReplayProvider(from: CallFolder("/nowhere")).badge == .replay)
  }
}
