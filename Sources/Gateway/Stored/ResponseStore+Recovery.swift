import Inference
import Storage
import StrictJSON
import Vocabulary

extension ResponseStore {
  /// Ends what an earlier process left under way. What had not begun stays queued.
  ///
  /// - Returns: how many there were.
  func recover(in workspace: WorkspaceID) async throws -> Int {
    var ended = 0
    while true {
      let left = try await responses(.inProgress, in: workspace)
      guard !left.isEmpty else { return ended }
      for response in left { try await recover(response, because: .serverRestarted, in: workspace) }
      ended += left.count
    }
  }

  /// As ``breakOff(_:because:in:)``, also where what was said cannot be read or told any more: that must not keep a server
  /// from starting.
  func recover(_ response: StoredResponse, because fault: GatewayFault, in workspace: WorkspaceID) async throws {
    do {
      try await breakOff(response, because: fault, in: workspace)
    } catch let error as StorageError where error.kind != .constraint && error.kind != .decoding {
      throw error
    } catch {
      try await commit(ResponseCommit(status: .failed), of: response.id, in: workspace)
    }
  }

  /// Ends a response that has not ended and that nobody makes any more: with a terminal event after those on the disk, and
  /// with what they said. One that is not there, or has ended, stays as it is.
  func breakOff(_ response: StoredResponse, because fault: GatewayFault, in workspace: WorkspaceID) async throws {
    guard let request = try await request(of: response.id, in: workspace) else {
      return try await delete(response.id, in: workspace)
    }
    var fold = FrameFold()
    while response.isStreamed {
      let (frames, isEnded) = try await frames(of: response.id, after: fold.count - 1, in: workspace)
      guard !isEnded else { return }
      for frame in frames { try fold.add(frame) }
      if frames.isEmpty { break }
    }
    var document = ResponseDocument(head: try response.head(of: request))
    document.model = fold.model
    document.status = .failed
    document.error = fault.responseError
    document.output = fold.output
    let frame = ResponseFrame.text("response.failed", fold.count) { frame in
      frame.raw(#","response":"#)
      frame.value(document.json)
    }
    try await commit(
      ResponseCommit(
        number: fold.count, frames: response.isStreamed ? [frame] : [], status: .failed,
        answer: document.json.compactBytes()), of: response.id, in: workspace)
  }
}

extension StoredResponse {
  /// What its answer says of itself.
  ///
  /// - Throws: ``GatewayFault`` when the request cannot be read any more.
  func head(of request: JSON) throws(GatewayFault) -> AnswerHead {
    AnswerHead(
      id: id.digits, created: createdAt, facts: try ClientProtocol.responses.facts(of: request, bytes: 0),
      body: request)
  }
}
