/// A metric's name with its labels, as the exposition format allows them.
struct SeriesName: Hashable, Comparable {
  /// Labels a series may have; further ones are left out.
  static let labelsMax = 8
  /// Characters of a label's value; the rest is cut.
  static let valueMax = 120

  let metric: String
  /// `method="GET",status="2xx"`, sorted; empty for none.
  let labels: String

  init(_ metric: String, _ dimensions: [(String, String)]) {
    self.metric = Self.plain(metric, allowingColon: true)
    labels = dimensions.prefix(Self.labelsMax).sorted { $0.0 < $1.0 }
      .map { "\(Self.plain($0.0, allowingColon: false))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
  }

  static func < (a: SeriesName, b: SeriesName) -> Bool { (a.metric, a.labels) < (b.metric, b.labels) }

  /// The name with `suffix` and one more label.
  func line(suffix: String = "", adding label: String? = nil, _ value: Double) -> String {
    let all = [labels, label ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
    return "\(metric)\(suffix)\(all.isEmpty ? "" : "{\(all)}") \(Self.number(value))"
  }

  /// Without a point for whole numbers.
  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map { "\($0)" }
      ?? (value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)")
  }

  private static func plain(_ name: String, allowingColon: Bool) -> String {
    let scalars = name.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": scalar
      case ":" where allowingColon: scalar
      default: "_"
      }
    }
    let text = String(String.UnicodeScalarView(scalars))
    return text.first.map { $0.isNumber } ?? true ? "_\(text)" : text
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars.prefix(valueMax) {
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
