import Fuzzing
import HTTPTypes
import Identity
import Operations
import Vocabulary

@testable import Web

/// The texts of a request that the edge reads itself: target, headers, host, origin.
@_cdecl("FuzzEdge_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    target(text)
    headers(text)
    if let origin = Origin(text) {
      Fuzzing.demand(Origin("\(origin)") == origin, "\(origin) reads as another origin")
    }
    let names = HostNames(WebConfiguration(), address: ListeningAddress())
    Fuzzing.demand(!names.contain(text) || text.utf8.count <= 300, "a host of \(text.utf8.count) bytes is ours")
    return 0
  }
}

private func target(_ text: String) {
  guard let target = try? RequestTarget(text, limits: WebLimits()) else { return }
  Fuzzing.demand(target.segments.allSatisfy { !$0.utf8.contains(0) }, "a segment holds U+0000")
  let path = "/" + target.segments.map(PercentEncoding.encode).joined(separator: "/")
  // Each byte may take three.
  var limits = WebLimits()
  limits.targetBytes *= 3
  let again = try? RequestTarget(path, limits: limits)
  Fuzzing.demand(again?.segments == target.segments, "\(path) reads as other segments")
  _ = try? StreamRequest(target, HTTPFields())
}

private func headers(_ text: String) {
  var fields = HTTPFields()
  for name in [HTTPField.Name.idempotencyKey, .ifMatch, .lastEventID, .cookie] { fields[name] = text }
  if let key = try? IdempotencyHeader.key(in: fields) {
    Fuzzing.demand(IdempotencyKey(key.description) == key, "\(key) is no key")
  }
  if let tag = try? EntityTag.wanted(by: fields) {
    Fuzzing.demand(!tag.contains("\""), "the tag \(tag) has a quotation mark")
  }
  let cookie = SessionCookie(isSecure: false)
  Fuzzing.demand(cookie.credentials(in: fields).count <= SessionCookie.candidatesMax, "too many credentials are tried")
}
