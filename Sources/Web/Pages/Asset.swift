import Crypto
import HTTPTypes
import HummingbirdCore
import NIOCore
import Vocabulary

/// A file that browsers get as it is.
struct Asset: Sendable, Hashable {
  let bytes: ByteBuffer
  /// The digest of the content in quotation marks: the same file has the same tag in every run.
  let entityTag: String
  let mediaType: String

  init(path: String, bytes: ByteBuffer) {
    self.bytes = bytes
    entityTag = "\"\(SHA256.hash(data: bytes.readableBytesView).prefix(16).hexadecimal)\""
    mediaType = Self.mediaType(of: path)
  }

  private static func mediaType(of path: String) -> String {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "json": "application/json"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "woff2": "font/woff2"
    case "webmanifest": "application/manifest+json"
    case "txt": "text/plain; charset=utf-8"
    default: "application/octet-stream"
    }
  }

  /// The file, or 304 when the browser has it (RFC 9110, section 13.1.2).
  func response(to exchange: Exchange) -> Response {
    var headers = HTTPFields()
    headers[.eTag] = entityTag
    headers[.cacheControl] = "no-cache"
    guard !isHeld(by: exchange.request.headers) else {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = mediaType
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
  }

  private func isHeld(by headers: HTTPFields) -> Bool {
    headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }.contains { tag in
      let tag = tag.drop { $0 == " " || $0 == "\t" }
      return tag == "*" || tag.prefix(while: { $0 != " " }) == entityTag
        || tag.hasPrefix("W/") && tag.dropFirst(2).prefix(while: { $0 != " " }) == entityTag
    }
  }
}
