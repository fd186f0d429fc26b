import Foundation
import ModelServer
import StrictJSON
import Testing

/// Turns in the browser: begun with words, with keys, by hand; seen live; taken back.
extension BrowserTests {
  /// Signed in, with the sample campaign, at a page; the built-in model answers.
  private func withCampaign(
    at path: String = "/play", width: Int = 1280, height: Int = 800, _ body: (Site, Browser) async throws -> Void
  ) async throws {
    try await withSignedIn(at: "/start", width: width, height: height) { site, browser in
      try await site.run(["campaign", "import", "--sample"])
      try await call("PUT", "/models/chosen", ["builtIn": true], in: browser)
      try await browser.open(site.address + path)
      try await browser.wait("\(path) shown", until: "document.documentElement.dataset.feed === 'live'")
      try await body(site, browser)
    }
  }

  /// A request of the page's own.
  @discardableResult
  func call(_ method: String, _ path: String, _ body: JSON, in browser: Browser) async throws -> JSON {
    try await browser.runAsync(
      """
      const [method, path, body, done] = arguments;
      const sent = method === 'GET' ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
      fetch('/api/v1' + path, { method, ...sent })
        .then(answer => answer.json()).then(done, error => done({ error: String(error) }));
      """, [.string(method), .string(path), body])
  }

  private static let newest = "[...document.querySelectorAll('x-turn')].at(-1)"

  private func say(_ words: String, in browser: Browser) async throws {
    try await browser.type(words, into: "#words")
    try await browser.press(Key.enter)
  }

  private func waitForEnd(_ outcome: String = "executed", in browser: Browser, seconds: Int = 40) async throws {
    try await browser.wait(
      "a turn that ended \(outcome)", until: "\(Self.newest)?.dataset.state === arguments[0]", [.string(outcome)],
      seconds: seconds)
  }

  @Test(.timeLimit(.minutes(3)))
  func `from the first page to the first executed proposal without a key takes less than a minute`() async throws {
    try await withBrowser { site, browser in
      let began = ContinuousClock.now
      try await browser.open(await site.link())
      try await browser.wait("the first page", until: "document.querySelector('#without')")
      try await browser.click("#without")
      try await browser.wait("something to choose", until: "document.querySelector('.choice')")
      try await browser.click(".choice")
      try await waitForEnd(in: browser)
      let took = ContinuousClock.now - began
      print("first page to first executed proposal: \(took)")
      #expect(took < .seconds(60))
      #expect(try await browser.count("x-card") >= 3)
      #expect(try await browser.text("x-turn .badge") == "built-in")
      try await demandQuiet(site, browser)
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `a turn needs the keyboard alone`() async throws {
    try await withCampaign { site, browser in
      try await browser.press("/")
      try await browser.wait("the composer", until: "document.activeElement.id === 'words'")
      try await say("I cast Fireball at the goblins", in: browser)
      try await waitForEnd(in: browser)
      try await browser.press(Key.tab)
      try await browser.press("k")
      try await browser.press("k")
      try await browser.press("j")
      try await browser.wait("a card or choice", until: "document.activeElement.matches('.card-head, .choice')")
      try await browser.run("document.querySelectorAll('.card-head')[1].focus()")
      try await browser.press(Key.enter)
      try await browser.wait("every die of it", until: "document.querySelectorAll('x-card .die').length === 8")
      try await browser.press("i")
      try await browser.wait("the inspector", until: "document.querySelector('x-run-inspector .calls')")
      #expect(try await browser.text("x-run-inspector").contains("turn-propose@"))
      try await browser.press(Key.escape)
      try await browser.wait("the inspector closed", until: "!document.querySelector('.inspector[open]')")
      try await browser.press("u")
      try await waitForEnd("undone", in: browser)
      try await browser.press("1")
      try await browser.wait("a turn from a choice", until: "document.querySelectorAll('x-turn').length === 2")
      try await waitForEnd(in: browser)
      try await demandQuiet(site, browser)
    }
  }

  /// The model waits in the middle of its story until the page has been loaded anew.
  @Test(.timeLimit(.minutes(3)))
  func `a reload in mid-turn misses nothing`() async throws {
    let plan = #"{"operations":[{"operation":"heal","input":{"target":"npc_oswin","amount":4}}]}"#
    try await ModelServer.run(playing: .plain(200, #"{"data":[{"id":"test-model"}]}"#)) { model in
      try await withCampaign { site, browser in
        let connection = try await call(
          "POST", "/model-connections", ["baseURL": .string(model.baseURL), "model": "test-model"], in: browser)
        #expect(connection["id"] != nil, "\(connection)")
        let story: [ModelServer.Step] = .beginning(["Oswin breathes "]) + [.pause] + .ending(["again, and laughs."])
        model.play(inTurn: [.answer([plan]), story])
        try await say("Heal Oswin", in: browser)
        try await browser.wait(
          "the beginning of the story",
          until: "\(Self.newest)?.querySelector('.prose').textContent === 'Oswin breathes '")
        try await browser.reload()
        try await browser.wait(
          "the same after the reload",
          until: "\(Self.newest)?.querySelector('.prose').textContent === 'Oswin breathes '")
        #expect(try await browser.count("x-card") == 1)
        model.release()
        try await waitForEnd(in: browser)
        #expect(try await browser.text("x-turn .prose") == "Oswin breathes again, and laughs.")
        #expect(try await browser.count("x-turn") == 1)
      }
    }
  }

  @Test(.timeLimit(.minutes(3)), arguments: [(1280, 800), (390, 844)])
  func `when a turn ends its compact results are inside the viewport`(width: Int, height: Int) async throws {
    try await withCampaign(width: width, height: height) { site, browser in
      for words in ["I attack Goblin 1 with my Dagger", "I cast Fireball at the goblins"] {
        let before = try await browser.count("x-turn")
        try await say(words, in: browser)
        try await browser.wait(
          "a turn more", until: "document.querySelectorAll('x-turn').length === arguments[0]",
          [.integer(Int64(before + 1))])
        try await waitForEnd(in: browser)
        try await browser.wait(
          "“\(words)”: the group of its results inside the story, which is inside the window",
          until: """
            (() => {
              const group = \(Self.newest).querySelector('.turn').getBoundingClientRect();
              const story = document.querySelector('.story-scroll').getBoundingClientRect();
              return group.height > 0 && group.top >= story.top && group.bottom <= story.bottom
                && story.top >= 0 && story.bottom <= innerHeight && group.left >= 0 && group.right <= innerWidth;
            })()
            """, seconds: 5)
      }
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `a proposal composed by hand is repaired with one click, and executed`() async throws {
    try await withCampaign(at: "/propose") { site, browser in
      try await browser.wait("the operations", until: "document.querySelector('[data-operation=apply_condition]')")
      try await browser.click("[data-operation=apply_condition]")
      try await browser.type("pron", into: "[data-field=condition] input")
      try await browser.run("document.querySelector('[data-field=targets] input[value=goblin_1]').click()")
      try await browser.wait(
        "what is wrong, at its field, with a repair",
        until: "document.querySelector('[data-field=condition]:has(input[aria-invalid=true]) .repair')")
      #expect(try await browser.text("[data-field=condition] .fault").contains("Allowed: blinded"))
      try await browser.click(".repair")
      try await browser.wait(
        "a rehearsal that can be executed",
        until: "document.querySelector('.rehearsal-state').textContent.includes('can be executed')")
      #expect(try await browser.text("x-rehearsal").contains("never the coming ones"))
      try await browser.run("document.querySelector('.propose-foot .primary').click()")
      try await browser.wait("the story", until: "location.pathname === '/play'")
      try await waitForEnd(in: browser)
      #expect(try await browser.text("x-turn .card-title") == "Prone")
      #expect(try await browser.text("x-turn .said-who").contains("proposed by hand"))
      try await demandQuiet(site, browser)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `when no model answers, the words are in the composer again`() async throws {
    try await withCampaign { site, browser in
      try await call("PUT", "/models/chosen", ["none": true], in: browser)
      try await say("I cast Fireball at the goblins", in: browser)
      try await waitForEnd("model_unavailable", in: browser)
      try await browser.wait(
        "the words", until: "document.querySelector('#words').value === 'I cast Fireball at the goblins'")
      try await browser.reload()
      try await browser.wait(
        "the words after a reload",
        until: "document.querySelector('#words')?.value === 'I cast Fireball at the goblins'")
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
  func `axe finds nothing where turns are played and composed`(width: Int, scheme: String) async throws {
    try await withCampaign(width: width, height: width < 700 ? 844 : 800) { site, browser in
      try await browser.emulate([("prefers-color-scheme", scheme)])
      try await say("I cast Fireball at the goblins", in: browser)
      try await waitForEnd(in: browser)
      try await demandAccessible(browser, "a turn, \(width) \(scheme)")
      try await browser.run("for (const head of document.querySelectorAll('.card-head')) head.click()")
      try await browser.wait("its dice", until: "document.querySelector('x-card .die')")
      try await demandAccessible(browser, "its open cards, \(width) \(scheme)")
      try await browser.run("document.activeElement.blur()")
      try await browser.press("i")
      try await browser.wait("the inspector", until: "document.querySelector('x-run-inspector .calls')")
      try await demandAccessible(browser, "the inspector, \(width) \(scheme)")
      try await browser.open("\(site.address)/propose")
      try await browser.wait("the operations", until: "document.querySelector('[data-operation=apply_damage]')")
      try await browser.click("[data-operation=apply_damage]")
      try await browser.wait("what is missing", until: "document.querySelector('x-step .fault')")
      try await demandAccessible(browser, "/propose, \(width) \(scheme)")
      for page in ["/start", "/about"] {
        try await browser.open(site.address + page)
        try await browser.wait(
          "\(page) shown", until: "document.querySelector('h1') && !document.body.innerText.includes('Looking on')")
        try await demandAccessible(browser, "\(page), \(width) \(scheme)")
      }
      try await demandQuiet(site, browser)
    }
  }
}
