/// Emphasis on a terminal (ECMA-48, select graphic rendition). Without colours every verb gives the text back as it is.
struct Ink: Sendable, Hashable {
  let isColoured: Bool

  func strong(_ text: String) -> String { wrapped(text, "1") }
  func faint(_ text: String) -> String { wrapped(text, "2") }
  func good(_ text: String) -> String { wrapped(text, "32") }
  func doubtful(_ text: String) -> String { wrapped(text, "33") }
  func bad(_ text: String) -> String { wrapped(text, "31") }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }
}
