import Foundation
import StrictJSON
import Testing

private let isWanted = ProcessInfo.processInfo.environment["ARBITER_BROWSER"] == "1"

/// What a person does, in a real Chromium against the real program.
@Suite("In the browser", .serialized, .enabled(if: isWanted))
struct BrowserTests {
  private func roll(_ notation: String, in browser: Browser) async throws {
    let before = try await browser.count("x-roll")
    try await browser.type(notation, into: "#notation")
    try await browser.press(Key.enter)
    try await browser.wait(
      "a roll more", until: "document.querySelectorAll('x-roll').length > arguments[0]", [.integer(Int64(before))])
  }

  @Test(.timeLimit(.minutes(3)))
  func `a person signs in by link, rolls, sees it live in a second tab, expands it, undoes it and reloads`()
    async throws
  {
    try await withSignedIn { site, browser in
      let first = try await browser.tab
      try await roll("4d6kh3+2[fire]", in: browser)
      let total = try await browser.text("x-roll .roll-total")
      let second = try await browser.newTab()
      try await browser.open("\(site.address)/dice")
      try await browser.wait("the roll in the second tab", until: "document.querySelectorAll('x-roll').length === 1")
      #expect(try await browser.text("x-roll .roll-total") == total)

      try await browser.show(tab: first)
      try await roll("2d20kl1", in: browser)
      try await browser.show(tab: second)
      try await browser.wait("the second roll, live", until: "document.querySelectorAll('x-roll').length === 2")
      site.printRoll(try await site.run(["roll", "1d4"]))
      try await browser.wait("the terminal's roll, live", until: "document.querySelectorAll('x-roll').length === 3")

      try await browser.run("[...document.querySelectorAll('x-roll')].at(-1).querySelector('.roll-head').click()")
      try await browser.wait("every die of it", until: "document.querySelectorAll('x-roll .die').length === 4")
      #expect(try await browser.count("x-roll .die.dropped") == 1)

      try await browser.run("document.activeElement?.blur()")
      try await browser.press("u")
      try await browser.wait(
        "the newest roll withdrawn", until: "document.querySelector('x-roll')?.dataset.state === 'withdrawn'")
      try await browser.show(tab: first)
      try await browser.wait(
        "the same in the first tab", until: "document.querySelector('x-roll')?.dataset.state === 'withdrawn'")
      try await browser.reload()
      try await browser.wait("three rolls after a reload", until: "document.querySelectorAll('x-roll').length === 3")
      #expect(try await browser.run("return document.querySelector('x-roll').dataset.state") == "withdrawn")
      try await demandQuiet(site, browser)
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `odds and other dialects' readings follow what is written, and the roll is marked in them`() async throws {
    try await withSignedIn { site, browser in
      try await browser.type("4d6k3", into: "#notation")
      try await browser.wait(
        "the odds", until: "document.querySelector('x-odds .odds-share')?.textContent === '61.7 %'")
      #expect(try await browser.text(".odds-words") == "3 to 18, mean 12.24, deviation 2.85")
      #expect(try await browser.count(".odds-chart rect") == 16)
      #expect(try await browser.text(".reading .status") == "Means something else", "d20 keeps dice that show 3")
      try await browser.run(
        """
        const range = document.querySelector('.odds-range');
        range.value = 18;
        range.dispatchEvent(new Event('input', { bubbles: true }));
        document.querySelector('.odds-table').open = true;
        """)
      #expect(try await browser.text(".odds-share") == "1.62 %")
      try await browser.wait("the table", until: "document.querySelectorAll('.odds-rows tbody tr').length === 16")
      #expect(try await browser.text(".odds-rows tbody tr:last-child") == "181.62 %1.62 %21")

      try await browser.run("document.querySelector('x-readings input[value=d20]').click()")
      try await browser.wait(
        "the odds of d20", until: "document.querySelector('.odds-words').textContent.startsWith('0 to 12')")
      try await browser.run("document.querySelector('x-roll-form form').requestSubmit()")
      try await browser.wait(
        "the roll in the odds", until: "document.querySelector('.odds-words').textContent.includes('rolled')")
      #expect(try await browser.count(".odds-chart .rolled") == 1)
      #expect(try await browser.text("x-roll-body .roll-facts").contains("Read as d20 reads it"))

      try await browser.run("document.querySelector('x-readings input[value=native]').click()")
      try await browser.type("{level}d6", into: "#notation")
      try await browser.wait(
        "what is missing", until: "document.querySelector('x-odds').textContent.includes('Give every variable')")
      try await demandQuiet(site, browser)
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `the page comes back by itself when the server was killed and started again, and nothing is lost`() async throws
  {
    try await withSignedIn { site, browser in
      try await roll("8d6", in: browser)
      let total = try await browser.text("x-roll .roll-total")
      await site.kill()
      try await site.start()
      try await site.run(["roll", "1d20"])
      try await browser.wait(
        "the roll that was made meanwhile", until: "document.querySelectorAll('x-roll').length === 2", seconds: 40)
      #expect(
        try await browser.run("return [...document.querySelectorAll('x-roll .roll-total')].at(-1).textContent").text
          == total)
      try await roll("1d6", in: browser)
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `everything works with the keyboard alone`() async throws {
    try await withSignedIn { site, browser in
      try await browser.press("/")
      #expect(try await browser.run("return document.activeElement.id") == "notation")
      try await browser.type("3d8", into: "#notation")
      try await browser.press(Key.enter)
      try await browser.wait("the roll", until: "document.querySelectorAll('x-roll').length === 1")
      try await browser.run("document.activeElement.blur()")
      try await browser.press("j")
      try await browser.press(Key.enter)
      try await browser.wait("its dice", until: "document.querySelectorAll('x-roll .die').length === 3")
      try await browser.run("document.activeElement.blur()")
      try await browser.press("?")
      try await browser.wait("the help", until: "document.querySelector('dialog[open]')")
      try await browser.press(Key.escape)
      try await browser.wait("the help gone", until: "!document.querySelector('dialog[open]')")
      try await browser.press("g", "j")
      try await browser.wait("the journal", until: "location.pathname === '/journal'")
      try await browser.wait("its rows", until: "document.body.innerText.includes('3d8 =')")
      try await demandQuiet(site, browser)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `with reduced motion nothing moves`() async throws {
    try await withSignedIn { site, browser in
      try await browser.emulate([("prefers-reduced-motion", "reduce")])
      try await browser.reload()
      try await browser.wait("the form", until: "document.querySelector('#notation')")
      try await roll("8d6", in: browser)
      #expect(
        try await browser.run("return document.getAnimations().filter(a => a.playState === 'running').length") == 0)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `what people write is shown as they wrote it and never becomes markup`() async throws {
    try await withSignedIn { site, browser in
      let hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
      try await browser.type(hostile, into: "#purpose")
      try await roll("1d6", in: browser)
      #expect(try await browser.text("x-roll").contains(hostile))
      #expect(try await browser.count("x-roll img") == 0)
      #expect(try await browser.run("return document.title").text?.contains("owned") == false)
      // Inline script has no chance even where markup gets in: the policy stands.
      try await browser.run(
        "const s = document.createElement('script'); try { s.textContent = 'document.title = \"owned\"' } catch {} document.head.append(s)"
      )
      #expect(try await browser.run("return document.title").text?.contains("owned") == false)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func `a used link, a made-up one and none are explained in words`() async throws {
    try await withBrowser { site, browser in
      let link = try await site.link()
      try await browser.open(link)
      try await browser.wait("the first page", until: "location.pathname === '/start'")
      try await browser.run("return fetch('/api/v1/session', { method: 'DELETE' }).then(() => true)")
      for (address, word) in [
        (link, "used"), ("\(site.address)/sign-in#nonsense", "arbiter link"),
        ("\(site.address)/sign-in", "arbiter link"),
      ] {
        try await browser.open("about:blank")
        try await browser.open(address)
        try await browser.wait(
          "words about \(word)", until: "document.body.innerText.includes(arguments[0])", [.string(word)])
        #expect(try await browser.run("return location.hash") == "")
      }
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
  func `axe finds nothing on any page, and nothing overflows`(width: Int, scheme: String) async throws {
    try await withSignedIn(width: width, height: width < 700 ? 844 : 800) { site, browser in
      try await browser.emulate([("prefers-color-scheme", scheme)])
      for notation in ["8d6[fire]+3", "2d20kh1+5", "1d6"] { try await roll(notation, in: browser) }
      try await browser.click("x-roll .roll-head")
      for page in ["/dice", "/journal", "/calls", "/calls?view=spend", "/settings", "/sign-in"] {
        if page != "/dice" { try await browser.open(site.address + page) }
        try await browser.wait(
          "\(page) shown", until: "document.querySelector('h1') && !document.body.innerText.includes('Loading…')")
        try await demandAccessible(browser, "\(page) \(width) \(scheme)")
      }
      try await demandQuiet(site, browser)
    }
  }

  /// Printed, never asserted: the machine decides.
  @Test(.timeLimit(.minutes(2)))
  func `the largest content is painted, and when is printed`() async throws {
    try await withSignedIn { site, browser in
      try await roll("8d6", in: browser)
      var times: [Double] = []
      for _ in 0..<5 {
        try await browser.open("\(site.address)/dice")
        let time = try await browser.runAsync(
          """
          const done = arguments[arguments.length - 1];
          new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
          """)
        times.append(time.double ?? -1)
      }
      print("largest contentful paint of /dice, debug build, ms: \(times.map { Int($0) })")
      #expect(times.allSatisfy { $0 > 0 })
    }
  }
}

extension Site {
  /// Shows in the log what the terminal printed.
  fileprivate func printRoll(_ text: String) {
    print("terminal: \(text.split(separator: "\n").joined(separator: " · "))")
  }
}
