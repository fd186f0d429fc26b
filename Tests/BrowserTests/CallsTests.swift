import Foundation
import ModelServer
import StrictJSON
import Testing

/// Keys, budgets and calls in the browser.
extension BrowserTests {
  private static let models: [ModelServer.Step] = .plain(200, #"{"data":[{"id":"small"},{"id":"large"}]}"#)

  /// Signed in at a page, with a connection to a server that plays a provider.
  func withProvider(
    at path: String, width: Int = 1280, height: Int = 800, _ body: (Site, Browser, ModelServer) async throws -> Void
  ) async throws {
    try await ModelServer.run(playing: Self.models) { upstream in
      try await withSignedIn(at: path, width: width, height: height) { site, browser in
        let made = try await call(
          "POST", "/model-connections",
          ["baseURL": .string(upstream.baseURL), "model": "small", "name": "Test server"], in: browser)
        try #require(made["id"] != nil, "\(made)")
        try await browser.wait("\(path), live", until: "document.documentElement.dataset.feed === 'live'")
        try await body(site, browser, upstream)
      }
    }
  }

  /// Asks the gateway as a program does, and gives its status; the browser's cookie counts for nothing there.
  func ask(
    _ model: String, with secret: String, in browser: Browser
  ) async throws -> Int64? {
    try await browser.runAsync(
      """
      const [model, secret, done] = arguments;
      fetch('/v1/chat/completions', {
        method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
      }).then(answer => done(answer.status), () => done(0));
      """, [.string(model), .string(secret)]
    ).int64
  }

  func makeKey(_ name: String, in browser: Browser) async throws -> String {
    try await browser.wait("the form", until: "document.querySelector('x-gateway-keys .key-new[open] #key-name')")
    try await browser.type(name, into: "#key-name")
    try await browser.press(Key.enter)
    try await browser.wait("the secret", until: "document.querySelector('dialog.key-made[open] input')")
    return try await browser.run("return document.querySelector('dialog.key-made input').value").text ?? ""
  }

  @Test(.timeLimit(.minutes(3)))
  func `a key is made and seen once, a call with it is seen live and whole, and a revoked one is refused`() async throws
  {
    try await withProvider(at: "/settings") { site, browser, upstream in
      let secret = try await makeKey("notebook", in: browser)
      #expect(secret.hasPrefix("arb_"))
      #expect(try await browser.text("dialog.key-made pre").contains(secret))
      try await demandAccessible(browser, "a key that was made")
      try await browser.press(Key.escape)
      try await browser.wait("the key in the list", until: "document.querySelector('.key-item')")
      #expect(try await browser.text(".key-item").contains("notebook"))
      try await browser.reload()
      try await browser.wait("the list again", until: "document.querySelector('.key-item')")
      #expect(
        try await browser.run("return document.documentElement.outerHTML.includes(arguments[0])", [.string(secret)])
          == false)

      let settings = try await browser.tab
      let calls = try await browser.newTab()
      try await browser.open("\(site.address)/calls")
      try await browser.wait(
        "an empty page", until: "document.querySelector('x-calls .quiet')?.textContent.includes('No model')")
      upstream.play([.pause] + .plain(200, Self.answer))
      try await browser.run(
        """
        window.asked = fetch('/v1/chat/completions', {
          method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${arguments[0]}` },
          body: JSON.stringify({ model: 'large', messages: [{ role: 'user', content: 'hi' }] }),
        }).then(answer => answer.status);
        """, [.string(secret)])
      try await browser.wait("the call under way", until: "document.querySelector('.calls-live .call-row')")
      #expect(try await browser.text(".calls-live h2") == "1 call under way")
      upstream.release()
      try await browser.wait(
        "its end", until: "!document.querySelector('.calls-live .call-row') && document.querySelector('.call-row')")
      #expect(try await browser.text(".call-row .call-line").contains("notebook"))
      try await browser.click(".call-row")
      try await browser.wait("its trace", until: "document.querySelector('x-call-trace .facts')")
      #expect(try await browser.text("x-call-trace").contains("7 in, 3 out"))
      #expect(try await browser.run("return location.search").text?.hasPrefix("?call=") == true)
      try await browser.press(Key.escape)
      try await browser.wait("the trace gone", until: "location.search === ''")

      try await browser.show(tab: settings)
      try await browser.run("[...document.querySelectorAll('.key-item .btn')].at(-1).click()")
      try await browser.wait("the question", until: "document.querySelector('dialog.confirm[open]')")
      try await browser.run("document.querySelector('dialog.confirm .primary').click()")
      try await browser.wait(
        "the key, revoked", until: "document.querySelector('x-gateway-keys details .key-item .status')")
      #expect(try await ask("small", with: secret, in: browser) == 401)
      try await browser.show(tab: calls)
      #expect(try await browser.text(".call-row .call-line").contains("notebook"), "its name stays with what it asked")
      try await demandQuiet(site, browser, allowing: ["401"])
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `a budget is set in dollars, refuses what it must before anybody is asked, and is taken back`() async throws {
    try await withProvider(at: "/settings") { site, browser, upstream in
      let secret = try await makeKey("notebook", in: browser)
      try await browser.press(Key.escape)
      // A model elsewhere, of a price that nobody knows. Nobody is there, and nobody is asked.
      try await site.run([
        "perform", "connect_model", "--input",
        #"{"baseURL":"https://models.example.com/v1","provider":"Elsewhere","name":"Elsewhere","models":["far"],"model":"far","hasKey":false}"#,
      ])
      try await browser.wait("the form", until: "document.querySelector('x-budgets summary')")
      try await browser.click("x-budgets summary")
      try await browser.type("nothing", into: "#budget-limit")
      try await browser.press(Key.enter)
      try await browser.wait("what is wrong", until: "document.querySelector('#budget-limit[aria-invalid]')")
      try await browser.type("12.50", into: "#budget-limit")
      try await browser.press(Key.enter)
      try await browser.wait("the budget", until: "document.querySelector('.budget-item')")
      #expect(try await browser.text(".budget-item").contains("$0.00 of $12.50 spent"))
      #expect(try await ask("far", with: secret, in: browser) == 429)
      upstream.play(.plain(200, Self.answer))
      #expect(try await ask("small", with: secret, in: browser) == 200, "what costs nothing is let through")
      try await browser.run("[...document.querySelectorAll('.budget-item .btn')].at(-1).click()")
      try await browser.wait("no budget", until: "!document.querySelector('.budget-item')")
      try await browser.run(
        "[...document.querySelectorAll('.toast .btn')].findLast(one => one.textContent === 'Undo').click()")
      try await browser.wait("the budget again", until: "document.querySelector('.budget-item')")
      #expect(try await ask("far", with: secret, in: browser) == 429)
      try await demandQuiet(site, browser, allowing: ["429"])
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `failed calls, the slowest and the spending are views of their own, by keys and in the address`() async throws {
    try await withProvider(at: "/calls") { site, browser, upstream in
      upstream.play(.plain(400, #"{"error":{"message":"no"}}"#))
      _ = try? await site.run(["infer", "hi"])
      upstream.play(.plain(200, Self.answer))
      _ = try? await site.run(["infer", "hi", "--model", "large"])
      try await browser.wait("both", until: "document.querySelectorAll('.call-row').length === 2")
      try await browser.press("f")
      try await browser.wait("the failed one", until: "document.querySelectorAll('.call-row').length === 1")
      #expect(try await browser.text(".call-row").contains("request not taken"))
      #expect(try await browser.run("return location.search") == "?view=failed")
      try await browser.press("j")
      try await browser.press(Key.enter)
      try await browser.wait("why", until: "document.querySelector('x-call-trace .form-error')")
      try await browser.press(Key.escape)
      try await browser.press("e")
      try await browser.wait("the spending", until: "document.querySelectorAll('x-spend table').length === 8")
      #expect(try await browser.text(".spend-total").hasPrefix("$0.00 in 2 attempts."))
      try await browser.press("g", "s")
      try await browser.wait("the settings", until: "location.pathname === '/settings'")
      try await browser.press("g", "m")
      try await browser.wait("the calls again", until: "location.pathname === '/calls'")
      try await demandQuiet(site, browser)
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
  func `axe finds nothing where models, keys, budgets and calls are shown`(width: Int, scheme: String) async throws {
    try await withProvider(at: "/settings", width: width, height: width < 700 ? 844 : 800) { site, browser, upstream in
      try await browser.emulate([("prefers-color-scheme", scheme)])
      let secret = try await makeKey("notebook", in: browser)
      try await demandAccessible(browser, "a key, \(width) \(scheme)")
      try await browser.press(Key.escape)
      try await call("PUT", "/budgets", ["period": "month", "limitMicros": 5_000_000], in: browser)
      try await call("PUT", "/budgets", ["period": "day", "limitMicros": 0], in: browser)
      let connection = try #require(try await call("GET", "/models", [:], in: browser)["connections"]?[0]?["id"])
      let entries: JSON = [["connection": connection, "model": "large"], ["model": "built-in"]]
      try await call("PUT", "/routes/careful", ["entries": entries, "retries": 0], in: browser)
      try await call("PUT", "/route-assignments/gateway", ["route": "careful"], in: browser)
      upstream.play(.plain(200, Self.answer))
      _ = try await ask("small", with: secret, in: browser)
      upstream.play(.plain(401, "{}"))
      _ = try await ask("small", with: secret, in: browser)
      try await browser.reload()
      try await browser.wait(
        "budgets and routes",
        until: "document.querySelectorAll('.budget-item').length === 2 && document.querySelector('#route-of-gateway')")
      try await browser.run("for (const one of document.querySelectorAll('main details')) one.open = true")
      try await demandAccessible(browser, "the settings, \(width) \(scheme)")
      for page in ["/calls", "/calls?view=slowest", "/calls?view=failed", "/calls?view=spend"] {
        try await browser.open(site.address + page)
        try await browser.wait("\(page) shown", until: "document.querySelector('.call-row, x-spend table')")
        try await demandAccessible(browser, "\(page), \(width) \(scheme)")
      }
      try await browser.open("\(site.address)/calls")
      try await browser.wait("a call", until: "document.querySelector('.call-row')")
      try await browser.click(".call-row")
      try await browser.wait("its trace", until: "document.querySelector('x-call-trace .facts')")
      try await demandAccessible(browser, "a trace, \(width) \(scheme)")
      try await demandQuiet(site, browser, allowing: ["401", "502"])
    }
  }

  static let answer = #"""
    {"id":"c1","object":"chat.completion","model":"small-2026","choices":[{"index":0,"message":{"role":"assistant","content":"Well met."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}
    """#
}
