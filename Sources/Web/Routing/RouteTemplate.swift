/// A path with parameters in braces, as `/rolls/{id}`; `{path*}` at the end takes all segments that are left, one at
/// least.
struct RouteTemplate: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  enum Segment: Sendable, Hashable {
    case literal(String)
    case parameter(String)
    case rest(String)
  }

  let description: String
  let segments: [Segment]

  init(_ text: String) {
    description = text
    segments = text.split(separator: "/").map { piece in
      guard piece.hasPrefix("{"), piece.hasSuffix("}") else { return .literal(String(piece)) }
      let name = piece.dropFirst().dropLast()
      return name.hasSuffix("*") ? .rest(String(name.dropLast())) : .parameter(String(name))
    }
  }

  init(stringLiteral text: StaticString) { self.init(text.description) }

  var parameterNames: [String] {
    segments.compactMap {
      switch $0 {
      case .literal: nil
      case .parameter(let name), .rest(let name): name
      }
    }
  }

  /// Nil when the segments do not fit.
  func match(_ path: [String]) -> RouteParameters? {
    var parameters: RouteParameters = [:]
    for (index, segment) in segments.enumerated() {
      guard index < path.count else { return nil }
      switch segment {
      case .literal(let text): guard path[index] == text else { return nil }
      case .parameter(let name):
        guard !path[index].isEmpty else { return nil }
        parameters[name] = path[index]
      case .rest(let name):
        parameters[name] = path[index...].joined(separator: "/")
        return parameters
      }
    }
    return path.count == segments.count ? parameters : nil
  }
}
