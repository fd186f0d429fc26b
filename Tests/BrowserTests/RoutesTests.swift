import ModelServer
import StrictJSON
import Testing

/// Routes on the settings page.
extension BrowserTests {
  /// Chooses what a list offers under these words, as a person does.
  private func choose(_ words: String, in selector: String, _ browser: Browser) async throws {
    let isThere = try await browser.run(
      """
      const [selector, words] = arguments;
      const select = document.querySelector(selector);
      const option = [...select.options].find(one => one.textContent === words);
      if (!option) return false;
      select.value = option.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
      """, [.string(selector), .string(words)])
    try #require(isThere == true, "“\(words)” is offered in \(selector)")
  }

  /// Presses what a screen reader calls so.
  private func press(labelled label: String, in browser: Browser) async throws {
    try await browser.click("x-routes [aria-label='\(label)']")
  }

  private func waitForRoute(_ words: String, in browser: Browser) async throws {
    try await browser.wait(
      "“\(words)”", until: "document.querySelector('x-routes .rows li')?.textContent.includes(arguments[0])",
      [.string(words)])
  }

  @Test(.timeLimit(.minutes(3)))
  func `a route is made of two models, is what default means, is put in another order, removed and given back`()
    async throws
  {
    try await withProvider(at: "/settings") { site, browser, upstream in
      let secret = try await makeKey("notebook", in: browser)
      try await browser.press(Key.escape)
      upstream.play(.plain(200, Self.answer))

      try await browser.wait("the form", until: "document.querySelector('x-routes > details > summary')")
      try await browser.click("x-routes > details > summary")
      // The connection was made after the page was opened.
      try await browser.wait(
        "its models", until: "document.querySelector('.route-entries select').textContent.includes('large')")
      try await browser.type("careful", into: "#route-name")
      try await choose("large", in: ".route-entries li:nth-child(1) select", browser)
      try await browser.click("x-routes .route-order > .rowy .btn")
      try await choose("small", in: ".route-entries li:nth-child(2) select", browser)
      try await browser.click("x-routes form details > summary")
      try await browser.type("0", into: "#route-firstPieceSeconds")
      try await browser.press(Key.enter)
      try await browser.wait(
        "what is wrong", until: "document.activeElement.matches('#route-firstPieceSeconds[aria-invalid]')")
      try await browser.type("20", into: "#route-firstPieceSeconds")
      try await browser.press(Key.enter)
      try await waitForRoute("large (Test server), then small (Test server)", in: browser)
      #expect(try await browser.text("x-routes .rows li").contains("20 s to the first words"))

      try await choose("careful", in: "#route-of-gateway", browser)
      try await browser.wait(
        "that it is used", until: "document.querySelector('x-shell').textContent.includes('at /v1 asks careful.')")
      try await browser.reload()
      try await browser.wait(
        "the choice again", until: "document.querySelector('#route-of-gateway')?.value === 'careful'")
      #expect(try await ask("default", with: secret, in: browser) == 200)
      #expect(upstream.received.last?.body.contains(#""model":"large""#) == true)

      try await press(labelled: "Change careful", in: browser)
      #expect(try await browser.run("return document.querySelector('#route-name').value") == "careful")
      #expect(try await browser.run("return document.querySelector('#route-firstPieceSeconds').value") == "20")
      try await browser.click(".route-entries li:nth-child(2) [aria-label='Ask earlier']")
      try await browser.click("x-routes form [type=submit]")
      try await waitForRoute("small (Test server), then large (Test server)", in: browser)
      #expect(try await ask("default", with: secret, in: browser) == 200)
      #expect(upstream.received.last?.body.contains(#""model":"small""#) == true)

      try await press(labelled: "Remove careful", in: browser)
      try await browser.wait("no route", until: "!document.querySelector('x-routes .rows li')")
      #expect(try await ask("careful", with: secret, in: browser) == 404)
      try await browser.run(
        "[...document.querySelectorAll('.toast .btn')].findLast(one => one.textContent === 'Undo').click()")
      try await waitForRoute("small (Test server), then large (Test server)", in: browser)
      #expect(try await ask("careful", with: secret, in: browser) == 200)
      #expect(try await browser.run("return document.querySelector('#route-of-gateway').value") == "careful")
      try await demandQuiet(site, browser, allowing: ["404"])
    }
  }
}
