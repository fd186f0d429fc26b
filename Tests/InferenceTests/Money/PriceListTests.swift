import Inference
import Testing

@Suite("Prices")
struct PriceListTests {
  private static let openAI = EndpointURL("https://api.openai.com/v1")

  @Test(
    arguments: [
      ("gpt-4o", 2_500_000), ("gpt-4o-2024-08-06", 2_500_000), ("gpt-4o-2024-05-13", 5_000_000),
      ("gpt-4o-mini", 150_000), ("gpt-4o-mini-2024-07-18", 150_000), ("gpt-4.1-nano-2025-04-14", 100_000),
    ] as [(String, Int64)])
  func `a model and its dated versions have its price, and a name that stands alone goes first`(
    model: String, inputMicros: Int64
  ) {
    #expect(PriceList.known.price(of: model, by: "OpenAI", at: Self.openAI)?.inputMicros == inputMicros)
  }

  @Test(arguments: [
    ("gpt-4o-audio-preview", "OpenAI"), ("gpt-4o", "Somebody"), ("gpt-4o-mini-transcribe", "OpenAI"),
    ("claude-opus-4-5", "OpenAI"), ("", "OpenAI"), ("gpt-7", "OpenAI"),
  ])
  func `what is not known is unknown, not free`(model: String, provider: String) {
    #expect(PriceList.known.price(of: model, by: provider, at: Self.openAI) == nil)
  }

  @Test func `a longer beginning goes before a shorter one, whichever is written first`() {
    let page = PriceList.Page(provider: "P", address: "https://p.example", asOf: "2026-01-01")
    let entries = [("m-", Int64(1)), ("m-large-", 2)].map { name, micros in
      PriceList.Entry(
        page: page, names: .beginning(name), price: ModelPrice(inputMicros: micros, outputMicros: micros))
    }
    for list in [PriceList(entries), PriceList(entries.reversed())] {
      #expect(list.price(of: "m-large-1", by: "P", at: nil)?.inputMicros == 2)
      #expect(list.price(of: "m-1", by: "P", at: nil)?.inputMicros == 1)
    }
  }

  @Test func `what runs on this machine is free, whatever it is called`() {
    let here = EndpointURL("http://127.0.0.1:11434/v1")
    #expect(PriceList.known.price(of: "gpt-4o", by: "OpenAI", at: here)?.isFree == true)
    let nearby = EndpointURL("http://192.168.1.20:11434/v1")
    #expect(PriceList.known.price(of: "qwen3:4b", by: "192.168.1.20", at: nearby) == nil)
    #expect(PriceList.known.price(of: "qwen3:4b", by: "192.168.1.20", at: nearby, isOwn: true)?.isFree == true)
    #expect(PriceList.known.price(of: BuiltInModel.model, by: BuiltInModel().name, at: nil)?.isFree == true)
    #expect(PriceList.known.price(of: BuiltInModel.model, by: BuiltInModel().name, at: Self.openAI) == nil)
  }

  @Test func `every price has a day and a page, no model has two, and what is cached costs no more`() {
    let entries = PriceList.known.entries
    #expect(entries.count > 20)
    #expect(Set(entries.map { "\($0.page.provider) \($0.names)" }).count == entries.count)
    for entry in entries {
      #expect(entry.page.asOf.wholeMatch(of: /20\d\d-[01]\d-[0-3]\d/) != nil)
      #expect(EndpointURL(entry.page.address)?.isSecure == true)
      #expect((entry.price.cachedInputMicros ?? 0) <= entry.price.inputMicros)
      #expect(!entry.price.isFree)
    }
    #expect(PriceList.known.asOf == "2026-10-24")
  }
}
