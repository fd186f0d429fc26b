import Inference
import Storage
import StrictJSON
import Vocabulary

/// Responses on the disk. All that was said, by either side, is sealed.
struct ResponseStore: Sendable {
  /// Frames of one row have about so many bytes; a longer frame has one of its own.
  private static let rowBytesMax = 256 << 10
  /// Rows of frames that are read at once.
  private static let pageRows = 8
  /// Responses that are looked at together.
  private static let responsesMax = 1_000

  let database: any Database
  let sealer: any Sealer

  // MARK: Writing

  /// Writes the next part of a response; durable when it returns.
  ///
  /// - Throws: `StorageError`, also `.constraint` for frames that are there.
  func commit(_ commit: ResponseCommit, of id: ResponseID, in workspace: WorkspaceID) async throws {
    let request = try commit.new.map { try seal($0.request, as: .request, of: id, in: workspace) }
    let answer = try commit.answer.map { try seal($0, as: .answer, of: id, in: workspace) }
    let rows = try rows(of: commit, id, workspace)
    try await database.write("responses.append", in: workspace) { transaction in
      if let new = commit.new, let request {
        try ResponseTables.insert(new.response, in: transaction)
        try ResponseTables.insert(request, as: .request, of: id, in: transaction)
      }
      for row in rows { try ResponseTables.insert(row, of: id, in: transaction) }
      if let status = commit.status, try ResponseTables.set(status, of: id, in: transaction), let answer {
        try ResponseTables.insert(answer, as: .answer, of: id, in: transaction)
      }
    }
  }

  /// Takes a response away with all that was said.
  func delete(_ id: ResponseID, in workspace: WorkspaceID) async throws {
    try await database.write("responses.delete", in: workspace) { try ResponseTables.delete(id, in: $0) }
  }

  /// Takes away what need not be kept any more.
  ///
  /// - Returns: how many there were.
  func forget(in workspace: WorkspaceID) async throws -> Int {
    var forgotten = 0
    while true {
      let ids = try await database.read("responses.forgettable", in: workspace) { transaction in
        try ResponseTables.forgettable(limit: Self.responsesMax, in: transaction)
      }
      for id in Set(ids) { try await delete(id, in: workspace) }
      forgotten += Set(ids).count
      if ids.isEmpty { return forgotten }
    }
  }

  // MARK: Reading

  /// A response that is there for a key.
  ///
  /// - Returns: nil also for another key's, and for one whose time is over.
  func response(_ id: ResponseID, of key: GatewayKeyID, in workspace: WorkspaceID) async throws -> StoredResponse? {
    try await database.read("responses.one", in: workspace) { transaction in
      guard let response = try ResponseTables.response(id, in: transaction), response.gatewayKey == key,
        response.expiresAt > transaction.time
      else { return nil }
      return response
    }
  }

  /// Those of a status, oldest first, at most ``responsesMax``.
  func responses(_ status: ResponseDocument.Status, in workspace: WorkspaceID) async throws -> [StoredResponse] {
    try await database.read("responses.of", in: workspace) { transaction in
      try ResponseTables.responses(status, limit: Self.responsesMax, in: transaction)
    }
  }

  /// What was asked; nil when it is gone.
  func request(of id: ResponseID, in workspace: WorkspaceID) async throws -> JSON? {
    guard let bytes = try await content(.request, of: id, in: workspace) else { return nil }
    return try JSON(parsing: bytes, limits: .stored)
  }

  /// The whole response; nil when it has not ended, or is gone.
  func answer(of id: ResponseID, in workspace: WorkspaceID) async throws -> [UInt8]? {
    try await content(.answer, of: id, in: workspace)
  }

  /// The next frames after `number`, some at a time; empty when there are no more now.
  ///
  /// - Returns: also whether the response has ended, after which there will be none.
  func frames(
    of id: ResponseID, after number: Int, in workspace: WorkspaceID
  ) async throws -> (frames: [String], isEnded: Bool) {
    let (rows, isEnded) = try await database.read("responses.frames", in: workspace) { transaction in
      let rows = try ResponseTables.frames(of: id, from: number + 1, limit: Self.pageRows, in: transaction)
      return (rows, try ResponseTables.response(id, in: transaction)?.status.isEnded ?? false)
    }
    var frames: [String] = []
    for row in rows {
      let bytes = try sealer.open(row.frames, for: Self.place(of: id, row: row.number, in: workspace))
      frames += Frames.split(bytes).dropFirst(max(0, number + 1 - row.number))
    }
    return (frames, isEnded)
  }

  func frameCount(of id: ResponseID, in workspace: WorkspaceID) async throws -> Int {
    try await database.read("responses.count", in: workspace) { try ResponseTables.frameCount(of: id, in: $0) }
  }

  // MARK: Sealing

  private func content(
    _ part: ResponsePart, of id: ResponseID, in workspace: WorkspaceID
  ) async throws -> [UInt8]? {
    let sealed = try await database.read("responses.content", in: workspace) { transaction in
      try ResponseTables.content(part, of: id, in: transaction)
    }
    return try sealed.map { try sealer.open($0, for: Self.place(of: id, part, in: workspace)) }
  }

  private func seal(
    _ content: [UInt8], as part: ResponsePart, of id: ResponseID, in workspace: WorkspaceID
  ) throws -> [UInt8] {
    try sealer.seal(content, for: Self.place(of: id, part, in: workspace))
  }

  private func rows(
    of commit: ResponseCommit, _ id: ResponseID, _ workspace: WorkspaceID
  ) throws -> [FrameRow] {
    var rows: [FrameRow] = []
    var number = commit.number
    for frames in Frames.grouped(commit.frames, bytesMax: Self.rowBytesMax) {
      let sealed = try sealer.seal(
        Array(frames.joined().utf8), for: Self.place(of: id, row: number, in: workspace))
      rows.append(FrameRow(number: number, frameCount: frames.count, frames: sealed))
      number += frames.count
    }
    return rows
  }

  private static func place(of id: ResponseID, _ part: ResponsePart, in workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(
      table: "stored_response_contents", column: "content", workspace: workspace,
      row: id.raw.bytes + Array(part.rawValue.utf8))
  }

  private static func place(of id: ResponseID, row number: Int, in workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(
      table: "stored_response_frames", column: "frames", workspace: workspace,
      row: id.raw.bytes + withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) })
  }
}
