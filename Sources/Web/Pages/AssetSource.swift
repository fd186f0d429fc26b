import CWebAssets
import NIOCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where the page's files come from: the binary, or a folder while they are being written.
enum AssetSource: Sendable {
  case embedded([String: Asset])
  case folder(String)

  /// Bytes of one file of a folder.
  private static let bytesMax = 4 << 20

  init(folder: String?) {
    self = folder.map { .folder($0) } ?? .embedded(Self.embedded)
  }

  /// The files in the binary, by path.
  static let embedded: [String: Asset] = {
    let files = (0..<web_assets_count()).compactMap { index -> (String, Asset)? in
      let file = web_assets_at(index)
      guard let name = file.path, let bytes = file.bytes else { return nil }
      let path = String(cString: name)
      return (path, Asset(path: path, bytes: ByteBuffer(bytes: UnsafeBufferPointer(start: bytes, count: file.count))))
    }
    return Dictionary(files, uniquingKeysWith: { first, _ in first })
  }()

  /// Nil when there is no such file.
  func asset(at path: String) -> Asset? {
    switch self {
    case .embedded(let files): files[path]
    case .folder(let folder): Self.read(path, in: folder)
    }
  }

  private static func read(_ path: String, in folder: String) -> Asset? {
    let isPlain = path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { segment in
      !segment.isEmpty && !segment.hasPrefix(".") && !segment.contains("\\")
    }
    guard isPlain, let data = FileManager.default.contents(atPath: "\(folder)/\(path)"), data.count <= bytesMax else {
      return nil
    }
    return Asset(path: path, bytes: ByteBuffer(bytes: data))
  }
}
