import HTTPTypes
import HummingbirdCore
import Vocabulary

/// Problems as plain documents, for people who look at one.
enum ProblemPage {
  static func response(to problem: Problem, requestID: UniqueID) -> Response {
    var response = Response.html(
      document(
        title: problem.code.title,
        paragraphs: [problem.detail, problem.code.facts.explanation, "Request \(requestID)"]),
      status: problem.code.status)
    for field in problem.headers { response.headers[field.name] = field.value }
    if let seconds = problem.retryAfter ?? problem.code.facts.retryAfter {
      response.headers[.retryAfter] = "\(seconds)"
    }
    return response
  }

  static func explanation(of code: ProblemCode) -> Response {
    .html(
      document(
        title: code.title,
        paragraphs: [
          code.facts.explanation, "Status \(code.status.code), code \(code.rawValue)",
          code.isRetryable ? "The same request may succeed later." : "The same request will not succeed by itself.",
        ]))
  }

  private static func document(title: String, paragraphs: [String]) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped(title)) · Arbiter</title>
    </head>
    <body>
    <main>
    <h1>\(escaped(title))</h1>
    \(paragraphs.map { "<p>\(escaped($0))</p>" }.joined(separator: "\n"))
    <p><a href="/">Go to the beginning</a></p>
    </main>
    </body>
    </html>

    """
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
