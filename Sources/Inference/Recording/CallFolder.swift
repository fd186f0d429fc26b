import Storage
import StrictJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder of recorded calls: one file a call, named for the digest of its request, `<digest>.json`.
///
/// The same request recorded again takes the place of the record that was there.
package struct CallFolder: Sendable {
  /// How many records are looked at when one is searched that is not there.
  package static let recordsMax = 1_000

  package let path: String

  /// - Parameter path: the folder; made when the first record is written.
  package init(_ path: String) { self.path = path }

  package func write(_ record: CallRecord) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try PrivateFile.write(try record.fileBytes(), to: file(record.digest))
  }

  /// The record of a request; nil when there is none.
  ///
  /// - Throws: ``JSONFault`` when the file is no record.
  package func record(of request: ModelRequest) throws -> CallRecord? { try read(file(request.recordingDigest)) }

  /// The records in the order of their files' names, at most ``recordsMax``. What is no record is passed over.
  package func records() -> [CallRecord] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().prefix(Self.recordsMax)
      .compactMap { try? read("\(path)/\($0)") }
  }

  private func file(_ digest: String) -> String { "\(path)/\(digest).json" }

  private func read(_ file: String) throws -> CallRecord? {
    guard let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int else { return nil }
    guard size <= CallRecord.bytesMax, let data = FileManager.default.contents(atPath: file) else {
      throw JSONFault(
        FieldError(
          pointer: "", code: "too_long",
          message: "\(file) has \(size) bytes or cannot be read; at most \(CallRecord.bytesMax) are read."))
    }
    return try CallRecord(fileBytes: Array(data))
  }
}
