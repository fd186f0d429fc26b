/// Text in columns, as wide as their widest cell, two spaces apart.
struct Table: Sendable, Hashable {
  private let heads: [String]
  private let rows: [[String]]

  /// - Parameter rows: one cell for each head; what is missing is empty.
  init(_ heads: [String], _ rows: [[String]]) {
    self.heads = heads
    self.rows = rows.map { $0.map(PlainText.line) }
  }

  func text(_ ink: Ink) -> String {
    let widths = heads.indices.map { column in
      ([heads] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
      let line = padded.joined(separator: "  ")
      return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
    return ([ink.faint(line(heads))] + rows.map(line)).joined(separator: "\n")
  }
}
