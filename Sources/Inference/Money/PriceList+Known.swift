extension PriceList {
  /// The prices that this program was made with: of a page's standard tier, for text.
  ///
  /// Not here, and so unknown: models whose price depends on the length of the prompt, which one price cannot say; names
  /// whose model changes under them (`…-latest`); providers who resell.
  package static let known = PriceList(openAI + anthropic + groq)

  private static let openAI = prices(
    Page(provider: "OpenAI", address: "https://developers.openai.com/api/docs/pricing", asOf: "2026-06-21"),
    [
      ("gpt-5", ["gpt-5-2025-"], 1_250_000, 125_000, 10_000_000),
      ("gpt-5-mini", ["gpt-5-mini-2025-"], 250_000, 25_000, 2_000_000),
      ("gpt-5-nano", ["gpt-5-nano-2025-"], 50_000, 5_000, 400_000),
      ("gpt-5.1", ["gpt-5.1-2025-"], 1_250_000, 125_000, 10_000_000),
      ("gpt-4.1", ["gpt-4.1-2025-"], 2_000_000, 500_000, 8_000_000),
      ("gpt-4.1-mini", ["gpt-4.1-mini-2025-"], 400_000, 100_000, 1_600_000),
      ("gpt-4.1-nano", ["gpt-4.1-nano-2025-"], 100_000, 25_000, 400_000),
      ("gpt-4o", ["gpt-4o-2024-08-", "gpt-4o-2024-11-"], 2_500_000, 1_250_000, 10_000_000),
      ("gpt-4o-2024-05-13", [], 5_000_000, nil, 15_000_000),
      ("gpt-4o-mini", ["gpt-4o-mini-2024-"], 150_000, 75_000, 600_000),
      ("o1", ["o1-2024-"], 15_000_000, 7_500_000, 60_000_000),
      ("o3", ["o3-2025-"], 2_000_000, 500_000, 8_000_000),
      ("o3-mini", ["o3-mini-2025-"], 1_100_000, 550_000, 4_400_000),
      ("o4-mini", ["o4-mini-2025-"], 1_100_000, 275_000, 4_400_000),
      ("text-embedding-3-small", [], 20_000, nil, 0),
      ("text-embedding-3-large", [], 130_000, nil, 0),
    ])

  private static let anthropic = prices(
    Page(
      provider: "Anthropic", address: "https://platform.claude.com/docs/en/about-claude/pricing", asOf: "2026-10-24"),
    [
      ("claude-opus-5-5", ["claude-opus-5-5-20"], 4_000_000, 200_000, 20_000_000),
      ("claude-opus-5", ["claude-opus-5-20"], 5_000_000, 500_000, 25_000_000),
      ("claude-opus-4-8", ["claude-opus-4-8-20"], 5_000_000, 500_000, 25_000_000),
      ("claude-opus-4-7", ["claude-opus-4-7-20"], 5_000_000, 500_000, 25_000_000),
      ("claude-opus-4-6", ["claude-opus-4-6-20"], 5_000_000, 500_000, 25_000_000),
      ("claude-opus-4-5", ["claude-opus-4-5-20"], 5_000_000, 500_000, 25_000_000),
      ("claude-sonnet-5-5", ["claude-sonnet-5-5-20"], 2_000_000, 100_000, 10_000_000),
      ("claude-sonnet-5", ["claude-sonnet-5-20"], 2_000_000, 200_000, 10_000_000),
      ("claude-sonnet-4-6", ["claude-sonnet-4-6-20"], 3_000_000, 300_000, 15_000_000),
      ("claude-sonnet-4-5", ["claude-sonnet-4-5-20"], 3_000_000, 300_000, 15_000_000),
      ("claude-haiku-4-5", ["claude-haiku-4-5-20"], 1_000_000, 100_000, 5_000_000),
    ])

  private static let groq = prices(
    Page(provider: "Groq", address: "https://groq.com/pricing", asOf: "2025-11-01"),
    [
      ("llama-3.3-70b-versatile", [], 590_000, nil, 790_000),
      ("llama-3.1-8b-instant", [], 50_000, nil, 80_000),
    ])

  /// A model's name with the beginnings of its dated ones, and micro-dollars per million tokens: input, input from the
  /// provider's cache where it has a price of its own, output.
  private static func prices(
    _ page: Page,
    _ rows: [(name: String, beginnings: [String], input: Int64, cached: Int64?, output: Int64)]
  ) -> [Entry] {
    rows.flatMap { row in
      let price = ModelPrice(inputMicros: row.input, outputMicros: row.output, cachedInputMicros: row.cached)
      return ([.exact(row.name)] + row.beginnings.map(Names.beginning)).map {
        Entry(page: page, names: $0, price: price)
      }
    }
  }
}
