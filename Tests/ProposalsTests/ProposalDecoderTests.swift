import Proposals
import StrictJSON
import Testing

@Suite("Reading a proposal")
struct ProposalDecoderTests {
  private func faults(_ text: String) -> [String] {
    switch ProposalDecoder().decode(text) {
    case .proposal: []
    case .faults(let faults): faults.map { "\($0.pointer) \($0.code)" }
    }
  }

  @Test func `a whole proposal is read as it is written`() {
    let text = """
      {"operations":[{"operation":"roll_dice","input":{"notation":"8d6"},"result_key":"fire"},
      {"operation":"deposit","input":{"amount_ref":"fire"},"required":false}],"say":"Boom.","examples":["again"]}
      """
    let proposal = Proposal(
      operations: [
        .init(operation: "roll_dice", input: ["notation": "8d6"], resultKey: "fire"),
        .init(operation: "deposit", input: ["amount_ref": "fire"], isRequired: false),
      ], say: "Boom.", examples: ["again"])
    #expect(ProposalDecoder().decode(text) == .proposal(proposal))
  }

  @Test(arguments: [
    (#"Here you are: {"operations":[]}"#, [" prose_around_json"]),
    ("```json\n{\"operations\":[]}\n```", [" prose_around_json"]),
    (#"{"operations":["#, ["/operations/0 unexpected_end"]),
    (#"[]"#, [" wrong_type"]),
    (#"{}"#, [" empty"]),
    (#"{"operations":[],"operations":[]}"#, ["/operations duplicate_key"]),
    (#"{"operation":[]}"#, ["/operation unknown_field"]),
    (#"{"operations":{}}"#, ["/operations wrong_type"]),
    (
      #"{"operations":[1,{"input":[]}]}"#,
      ["/operations/0 wrong_type", "/operations/1/operation missing", "/operations/1/input wrong_type"]
    ),
    (#"{"operations":[{"operation":"a","on_failure":"go on"}]}"#, ["/operations/0/on_failure not_allowed"]),
    (
      #"{"operations":[{"operation":"a","on_failure":"abort","required":false}]}"#,
      ["/operations/0/on_failure contradiction"]
    ),
    (#"{"operations":[{"operation":"a","result_key":""}]}"#, ["/operations/0/result_key empty"]),
    (#"{"operations":[{"operation":"a","required":"yes"}]}"#, ["/operations/0/required wrong_type"]),
  ])
  func `whatever is wrong is named with its place, all at once`(_ text: String, expected: [String]) {
    #expect(faults(text) == expected)
  }

  @Test func `ten thousand operations are one fault`() {
    let text =
      #"{"operations":["# + Array(repeating: #"{"operation":"a"}"#, count: 10_000).joined(separator: ",") + "]}"
    #expect(faults(text) == ["/operations too_many"])
  }

  @Test func `a text over the limit is not even parsed`() {
    let text = #"{"say":""# + String(repeating: "a", count: ProposalDecoder.bytesMax) + #""}"#
    #expect(faults(text) == [" too_long"])
  }

  @Test func `a hundred faults are told, and how many there are beside them`() {
    let text = #"{"operations":["# + Array(repeating: #"{"x":1,"y":2}"#, count: 60).joined(separator: ",") + "]}"
    let faults = faults(text)
    #expect(faults.count == 101)
    #expect(faults.last == " more_faults")
  }
}
