import Inference
import StrictJSON

extension FieldReader {
  /// A picture by its address: `https:`, `http:`, or the picture itself as `data:image/…;base64,…` (RFC 2397).
  mutating func image(url: String, _ pointer: JSONPointer) -> ModelImage? {
    if url.utf8.starts(with: "https://".utf8) || url.utf8.starts(with: "http://".utf8) {
      guard url.utf8.count <= Self.urlBytesMax, !url.utf8.contains(where: { $0 <= 0x20 }) else {
        refuse(pointer, "invalid_image", "An address has at most \(Self.urlBytesMax) bytes and no spaces.")
        return nil
      }
      return .url(url)
    }
    guard url.utf8.starts(with: "data:".utf8), let comma = url.utf8.firstIndex(of: UInt8(ascii: ",")) else {
      refuse(
        pointer, "invalid_image",
        "A picture is given by an address with https: or http:, or as data:image/png;base64,… itself.")
      return nil
    }
    let head = url[url.utf8.index(url.startIndex, offsetBy: 5)..<comma]
    guard head.utf8.count <= Self.headBytesMax, head.hasSuffix(";base64") else {
      refuse(pointer, "invalid_image", "The data of a picture are written in base64: data:image/png;base64,….")
      return nil
    }
    let mediaType = head.prefix { $0 != ";" }
    return image(mediaType: String(mediaType), base64: String(url[url.utf8.index(after: comma)...]), pointer)
  }

  /// A picture that is in the request.
  mutating func image(mediaType: String, base64: String, _ pointer: JSONPointer) -> ModelImage? {
    guard mediaType.hasPrefix("image/"), mediaType.utf8.count <= Self.headBytesMax,
      mediaType.utf8.dropFirst(6).allSatisfy(\.isTypeCharacter), mediaType.utf8.count > 6
    else {
      refuse(pointer, "invalid_image", "Wanted is the type of a picture, such as image/png.")
      return nil
    }
    guard base64.isBase64 else {
      refuse(pointer, "invalid_image", "The data of the picture are no base64.")
      return nil
    }
    return .data(mediaType: mediaType, base64: base64)
  }

  private static let urlBytesMax = 8_192
  private static let headBytesMax = 100
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  fileprivate var isTypeCharacter: Bool {
    isLetterOrDigit || self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
  }
}

extension String {
  /// Whether it is base64 with its padding (RFC 4648, section 4), and not empty.
  fileprivate var isBase64: Bool {
    let padding = utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
    return !isEmpty && utf8.count % 4 == 0
      && utf8.dropLast(padding).allSatisfy {
        $0.isLetterOrDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
      }
  }
}
