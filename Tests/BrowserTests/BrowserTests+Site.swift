import Foundation
import StrictJSON
import Testing

/// A site and a browser for one test, and what every page owes.
extension BrowserTests {
  /// - Parameter path: the page to begin at once somebody is signed in.
  func withSignedIn(
    at path: String = "/dice", width: Int = 1280, height: Int = 800, _ body: (Site, Browser) async throws -> Void
  ) async throws {
    try await withBrowser(width: width, height: height) { site, browser in
      try await browser.resize(width: width, height: height)
      try await browser.open(await site.link())
      // Nobody has a campaign yet, so the way leads there.
      try await browser.wait("the first page after signing in", until: "location.pathname === '/start'")
      try await browser.open(site.address + path)
      try await browser.wait("\(path)", until: "document.querySelector('h1')")
      try await body(site, browser)
    }
  }

  func withBrowser(
    width: Int = 1280, height: Int = 800, _ body: (Site, Browser) async throws -> Void
  ) async throws {
    let site = try await Site()
    let browser = try await Browser(width: width, height: height)
    do {
      try await body(site, browser)
    } catch {
      try? await browser.screenshot(
        to: FileManager.default.temporaryDirectory.appending(path: "arbiter-browser-failure.png").path)
      await browser.quit()
      await site.stop()
      throw error
    }
    await browser.quit()
    await site.stop()
  }

  /// The console is empty, and no request left the origin.
  func demandQuiet(_ site: Site, _ browser: Browser, allowing allowed: [String] = []) async throws {
    let said = try await browser.log("browser").compactMap { $0["message"]?.text }
      .filter { message in !allowed.contains { message.contains($0) } }
    #expect(said.isEmpty, "\(said)")
    for entry in try await browser.log("performance") {
      guard let text = entry["message"]?.text, let event = try? JSON(parsing: text)["message"],
        event["method"] == "Network.requestWillBeSent", let url = event["params"]?["request"]?["url"]?.text
      else { continue }
      #expect(url.hasPrefix(site.address) || url.hasPrefix("data:") || url == "about:blank", "a request to \(url)")
    }
  }

  /// axe finds nothing, and the page is no wider than its window.
  func demandAccessible(_ browser: Browser, _ place: String) async throws {
    let path = ProcessInfo.processInfo.environment["ARBITER_AXE"] ?? ""
    try await browser.run(try String(contentsOfFile: path, encoding: .utf8))
    let found = try await browser.runAsync(
      """
      const done = arguments[arguments.length - 1];
      axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(r => done(r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`)));
      """)
    #expect(found.items?.isEmpty == true, "\(place): \(found)")
    let overflow = try await browser.run(
      "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    #expect(overflow == 0, "\(place) is wider than its window")
  }
}
