import Inference
import Storage
import StrictJSON
import Synchronization
import Testing
import Vocabulary

@testable import Gateway

@Suite("Making a response that is kept", .timeLimit(.minutes(2)))
struct ResponseRunTests {
  @Test func `it is on the disk before anybody is told, and what is not there nobody hears`() async throws {
    for commits in 0...4 {
      let world = try await StoredWorld()
      world.disk.fail(after: commits)
      let model = ScriptedModel(saying: (0..<20).map { "word \($0) " })
      let (id, reader) = try await world.begin(model)
      var client = EventClient()
      try? await reader.read(after: -1) { try client.receive($0) }
      await world.responses.runs.stop(id, because: .server)
      world.disk.fail(after: nil)
      let stored = try await world.responses.store.frames(of: id, after: -1, in: world.workspace).frames
      #expect(client.bytes == Array(stored.joined().utf8), "with \(commits) commits")
    }
  }

  @Test func `what could not be written has failed, with what was, as soon as something can be`() async throws {
    let world = try await StoredWorld()
    let latch = Latch()
    let (id, reader) = try await world.begin(ScriptedModel(saying: ["one ", "two "], hold: (2, latch)))
    var client = EventClient()
    try? await reader.read(after: -1) { bytes in
      try client.receive(bytes)
      guard client.last >= 4 else { return }
      world.disk.fail(after: 0)
      latch.open()
      throw FailingDatabase.Broken()
    }
    await world.responses.runs.stop(id, because: .server)
    await #expect(throws: GatewayFault.unfinished) { try await world.bytes(of: id, after: client.last) }
    world.disk.fail(after: nil)
    #expect(try await world.restarted.recover(in: world.workspace) == 1)
    let answer = try await world.end(of: id)
    #expect(answer["status"] == "failed" && answer["error"]?["code"] == "server_restarted")
    #expect(answer["output"]?[0]?["content"]?[0]?["text"] == "one ")
  }

  @Test func `one that fails before its first event leaves nothing`() async throws {
    let world = try await StoredWorld()
    let refusal = InferenceError(.rateLimited, from: "Script", "Slow down.")
    for isStreamed in [true, false] {
      let (id, reader) = try await world.begin(ScriptedModel([], failure: refusal), isStreamed: isStreamed)
      await #expect(throws: InferenceError.self) {
        _ = isStreamed ? try await reader.bytes() : try await reader.answer()
      }
      #expect(try await world.responses.store.response(id, of: world.key, in: world.workspace) == nil)
    }
    #expect(try await world.count("stored_response_contents") == 0)
  }

  @Test func `one that fails later says so in its last event and keeps what was said`() async throws {
    let world = try await StoredWorld()
    let model = ScriptedModel(
      [.started(model: "m-1"), .text("well ")], failure: InferenceError(.cut, from: "Script", "It broke off."))
    let (id, reader) = try await world.begin(model)
    let last = try #require(Frames.split(try await reader.bytes()).last)
    #expect(last.hasPrefix("event: response.failed\n"))
    let answer = try await world.end(of: id)
    #expect(answer["status"] == "failed" && answer["error"]?["code"] == "server_error")
    #expect(answer["output"]?[0]?["content"]?[0]?["text"] == "well ")
    #expect(answer["output"]?[0]?["status"] == "incomplete")
  }

  @Test(arguments: [true, false])
  func `in the background it is queued, has its turn, and is whole without a reader`(_ isStreamed: Bool) async throws {
    let world = try await StoredWorld()
    let latch = Latch()
    let (id, _) = try await world.begin(
      ScriptedModel(saying: ["well ", "met"], hold: (1, latch)), isStreamed: isStreamed, isBackground: true)
    #expect(try await world.responses.store.response(id, of: world.key, in: world.workspace) != nil)
    latch.open()
    let answer = try await world.end(of: id)
    #expect(answer["status"] == "completed" && answer["background"] == true)
    #expect(answer["output"]?[0]?["content"]?[0]?["text"] == "well met")
    #expect(answer["usage"]?["total_tokens"] == 5)
    let names = Frames.split(try await world.bytes(of: id)).map { $0.prefix { $0 != "\n" } }
    #expect(
      isStreamed
        ? names.prefix(3) == ["event: response.created", "event: response.queued", "event: response.in_progress"]
        : names.isEmpty)
  }

  @Test func `only so many in the background ask at a time, and the others wait for their turn`() async throws {
    var limits = ResponseLimits()
    limits.backgroundMax = 1
    let world = try await StoredWorld(limits: limits)
    let latch = Latch()
    let first = try await world.begin(ScriptedModel(saying: ["one"], hold: (0, latch)), isBackground: true)
    let model = ScriptedModel(saying: ["two"])
    let second = try await world.begin(model, isBackground: true)
    #expect(model.requests.withLock { $0 } == 0)
    let waiting = try await world.responses.store.response(second.id, of: world.key, in: world.workspace)
    #expect(waiting?.status == .queued)
    latch.open()
    #expect(try await world.end(of: second.id)["status"] == "completed")
    #expect(try await world.end(of: first.id)["status"] == "completed")
  }

  @Test func `one that waits or runs can be cancelled, and its stream ends with that`() async throws {
    var limits = ResponseLimits()
    limits.backgroundMax = 1
    let world = try await StoredWorld(limits: limits)
    let latch = Latch()
    let runs = try await world.begin(ScriptedModel(saying: ["one ", "two"], hold: (2, latch)), isBackground: true)
    let model = ScriptedModel(saying: ["never"])
    let waits = try await world.begin(model, isBackground: true)
    await world.responses.runs.stop(waits.id, because: .cancelled)
    #expect(model.requests.withLock { $0 } == 0)
    await world.responses.runs.stop(runs.id, because: .cancelled)
    for id in [waits.id, runs.id] {
      let answer = try await world.end(of: id)
      #expect(answer["status"] == "cancelled" && answer["error"] == .null)
      let last = try #require(Frames.split(try await world.bytes(of: id)).last)
      #expect(last.hasPrefix("event: response.incomplete\n") && last.contains(#""status":"cancelled""#))
      // Again changes nothing.
      await world.responses.runs.stop(id, because: .cancelled)
    }
  }

  @Test func `a server that stops ends what runs and leaves queued what waits`() async throws {
    var limits = ResponseLimits()
    limits.backgroundMax = 1
    let world = try await StoredWorld(limits: limits)
    let running = ScriptedModel(saying: ["one"], hold: (2, Latch()))
    let runs = try await world.begin(running, isBackground: true)
    // One whose task has not come so far is left queued, too.
    try await running.asked.wait()
    let waits = try await world.begin(ScriptedModel(saying: ["two"]), isBackground: true)
    let whole = try await world.begin(ScriptedModel(saying: ["three"], hold: (1, Latch())), isStreamed: false)
    await world.responses.stop()
    await #expect(throws: GatewayFault.stopping, "whoever waits for an answer is told to come again") {
      try await whole.reader.answer()
    }
    #expect(try await world.end(of: runs.id)["error"]?["code"] == "server_restarted")
    let left = try await world.responses.store.responses(.queued, in: world.workspace)
    #expect(left.map(\.id) == [waits.id])
    await #expect(throws: GatewayFault.stopping) { try await world.begin(ScriptedModel(saying: [])) }
  }

  // MARK: Bounds

  @Test func `a response that grows beyond its bounds is stopped and has failed`() async throws {
    for (output, frames, bytes) in [(100, 1_000, 1 << 20), (1 << 20, 10, 1 << 20), (1 << 20, 1_000, 4_000)] {
      var limits = ResponseLimits()
      limits.outputBytesMax = output
      limits.framesMax = frames
      limits.framesBytesMax = bytes
      let world = try await StoredWorld(limits: limits)
      let model = ScriptedModel(saying: Array(repeating: "ten bytes ", count: 10_000), hold: (9_000, Latch()))
      let (id, reader) = try await world.begin(model)
      var client = EventClient()
      try await reader.read(after: -1) { try client.receive($0) }
      let answer = try await world.end(of: id)
      #expect(answer["status"] == "failed" && answer["error"]?["code"] == "response_too_large")
    }
  }

  @Test func `a request that is too large to keep is refused with what would be taken`() async throws {
    var limits = ResponseLimits()
    limits.requestBytesMax = 100
    let world = try await StoredWorld(limits: limits)
    let fault = await #expect(throws: GatewayFault.self) {
      try await world.begin(ScriptedModel(saying: []), input: .string(String(repeating: "x", count: 200)))
    }
    #expect(fault?.status == 413 && fault?.code == "stored_request_too_large")
  }

  @Test func `so many runs of a key are under way and no more, and another key's go on`() async throws {
    var limits = ResponseLimits()
    limits.runsMax = 3
    limits.runsOfKeyMax = 2
    let world = try await StoredWorld(limits: limits)
    let latch = Latch()
    let model = ScriptedModel(saying: ["one"], hold: (0, latch))
    var ids: [ResponseID] = []
    for _ in 0..<2 { ids.append(try await world.begin(model).id) }
    let fault = await #expect(throws: GatewayFault.self) { try await world.begin(model) }
    #expect(fault?.status == 429 && fault?.isRetryable == true)
    let other: GatewayKeyID = world.ids.make()
    ids.append(try await world.begin(model, key: other).id)
    await #expect(throws: GatewayFault.self) { try await world.begin(model, key: world.ids.make()) }
    latch.open()
    for id in ids { #expect(try await world.end(of: id)["status"] == "completed") }
  }
}
