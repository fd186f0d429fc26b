import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import StrictJSON

/// A Chromium that is driven over WebDriver (W3C Recommendation) by Debian's chromedriver. Plain HTTP and JSON; no library.
final class Browser: Sendable {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  private let client: HTTPClient
  private let driver: Driver
  private let base: String

  /// Starts a driver and a browser of its own. A Chromium that does not come up in time is given up and tried again: a
  /// busy machine can leave one hanging while it starts.
  init(width: Int = 1280, height: Int = 800) async throws {
    client = .shared
    var reasons: [String] = []
    for _ in 0..<3 {
      do {
        let driver = try await Driver()
        do {
          base = try await Self.session(of: driver, width: width, height: height, client)
          self.driver = driver
          return
        } catch {
          await driver.stop()
          reasons.append("\(error); the driver said: \(driver.said)")
        }
      } catch {
        reasons.append("\(error)")
      }
    }
    throw Failed(description: "no browser started: \(reasons.joined(separator: "; then: "))")
  }

  /// The address of a new session.
  private static func session(
    of driver: Driver, width: Int, height: Int, _ client: HTTPClient
  ) async throws -> String {
    let root = "http://127.0.0.1:\(driver.port)"
    let capabilities: JSON = [
      "capabilities": [
        "alwaysMatch": [
          "browserName": "chrome",
          // No command may hang longer than a test has time for.
          "timeouts": ["script": 20_000, "pageLoad": 30_000],
          "goog:loggingPrefs": ["browser": "ALL", "performance": "ALL"],
          "goog:chromeOptions": [
            "binary": .string(driver.programs.chromium),
            "args": [
              "--headless", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
              .string("--window-size=\(width),\(height)"),
            ],
          ],
        ]
      ]
    ]
    let answer = try await Self.send(client, .POST, "\(root)/session", capabilities, patience: .seconds(30))
    guard let session = answer["sessionId"]?.text else { throw Failed(description: "chromedriver gave no session") }
    return "\(root)/session/\(session)"
  }

  func quit() async {
    _ = try? await Self.send(client, .DELETE, base, nil, patience: .seconds(10))
    await driver.stop()
  }

  // MARK: Pages and tabs

  func open(_ url: String) async throws { try await post("url", ["url": .string(url)]) }
  func reload() async throws { try await post("refresh", [:]) }

  var address: String {
    get async throws { try await get("url").text ?? "" }
  }

  func newTab() async throws -> String {
    let handle = try await post("window/new", ["type": "tab"])["handle"]?.text ?? ""
    try await show(tab: handle)
    return handle
  }

  var tab: String {
    get async throws { try await get("window").text ?? "" }
  }

  func show(tab: String) async throws { try await post("window", ["handle": .string(tab)]) }

  /// Any command of the Chrome DevTools protocol.
  @discardableResult
  func chrome(_ command: String, _ parameters: JSON = [:]) async throws -> JSON {
    try await post("goog/cdp/execute", ["cmd": .string(command), "params": parameters])
  }

  func resize(width: Int, height: Int) async throws {
    try await chrome(
      "Emulation.setDeviceMetricsOverride",
      [
        "width": .integer(Int64(width)), "height": .integer(Int64(height)), "deviceScaleFactor": 1,
        "mobile": .bool(width < 700),
      ])
  }

  /// `prefers-color-scheme`, `prefers-reduced-motion` and the like.
  func emulate(_ features: [(name: String, value: String)]) async throws {
    let list = features.map { JSON.object(["name": .string($0.name), "value": .string($0.value)]) }
    try await chrome("Emulation.setEmulatedMedia", ["features": .array(list)])
  }

  // MARK: Doing

  @discardableResult
  func run(_ script: String, _ arguments: [JSON] = []) async throws -> JSON {
    try await post("execute/sync", ["script": .string(script), "args": .array(arguments)])
  }

  @discardableResult
  func runAsync(_ script: String, _ arguments: [JSON] = []) async throws -> JSON {
    try await post("execute/async", ["script": .string(script), "args": .array(arguments)])
  }

  func click(_ selector: String) async throws {
    let element = try await element(selector)
    try await post("element/\(element)/click", [:])
  }

  func type(_ text: String, into selector: String) async throws {
    let element = try await element(selector)
    try await post("element/\(element)/clear", [:])
    try await post("element/\(element)/value", ["text": .string(text)])
  }

  /// Presses keys wherever the focus is; special ones by their WebDriver code points.
  func press(_ keys: String...) async throws {
    let actions = keys.flatMap { key -> [JSON] in
      [["type": "keyDown", "value": .string(key)], ["type": "keyUp", "value": .string(key)]]
    }
    try await post("actions", ["actions": [["type": "key", "id": "keys", "actions": .array(actions)]]])
  }

  func text(_ selector: String) async throws -> String {
    try await run("return document.querySelector(arguments[0])?.textContent ?? ''", [.string(selector)]).text ?? ""
  }

  func count(_ selector: String) async throws -> Int {
    Int(try await run("return document.querySelectorAll(arguments[0]).length", [.string(selector)]).int64 ?? -1)
  }

  /// Waits until a script returns true.
  func wait(_ what: String, until script: String, _ arguments: [JSON] = [], seconds: Int = 20) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if (try? await run("return Boolean(\(script))", arguments)) == true { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    let shown = try await run("return document.body.innerText").text ?? ""
    throw Failed(description: "waited \(seconds) s in vain: \(what). The page shows: \(shown.prefix(600))")
  }

  func screenshot(to path: String) async throws {
    guard let data = Data(base64Encoded: try await get("screenshot").text ?? "") else { return }
    try data.write(to: URL(filePath: path))
  }

  /// What the console and the network said since the last call.
  func log(_ kind: String) async throws -> [JSON] {
    Array(try await post("se/log", ["type": .string(kind)]).items ?? [])
  }

  private func element(_ selector: String) async throws -> String {
    let found = try await post("element", ["using": "css selector", "value": .string(selector)])
    guard let id = found.members?.first?.value.text else { throw Failed(description: "there is no \(selector)") }
    return id
  }

  // MARK: The wire

  private func get(_ path: String) async throws -> JSON { try await Self.send(client, .GET, "\(base)/\(path)", nil) }

  @discardableResult
  private func post(_ path: String, _ body: JSON) async throws -> JSON {
    try await Self.send(client, .POST, "\(base)/\(path)", body)
  }

  private static func send(
    _ client: HTTPClient, _ method: HTTPMethod, _ url: String, _ body: JSON?, patience: TimeAmount = .seconds(40)
  ) async throws -> JSON {
    var request = HTTPClientRequest(url: url)
    request.method = method
    request.headers.add(name: "content-type", value: "application/json")
    if let body { request.body = .bytes(body.canonicalBytes()) }
    let response = try await client.execute(request, timeout: patience)
    let bytes = try await response.body.collect(upTo: 64 << 20)
    var limits = JSONLimits.standard
    limits.bytes = 64 << 20
    limits.stringBytes = 64 << 20
    let value = try JSON(parsing: Array(bytes.readableBytesView), limits: limits)["value"] ?? .null
    if let fault = value["error"]?.text, response.status != .ok {
      throw Failed(description: "\(url.suffix(40)): \(fault): \(value["message"]?.text?.prefix(400) ?? "")")
    }
    return value
  }
}

/// Keys by their code points in the WebDriver recommendation.
enum Key {
  static let enter = "\u{E007}"
  static let tab = "\u{E004}"
  static let escape = "\u{E00C}"
  static let down = "\u{E015}"
  static let control = "\u{E009}"
}
