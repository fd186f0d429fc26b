import StrictJSON
import Testing

@Suite("The compact form")
struct CompactTests {
  @Test func `keeps the order of members and writes no white space`() throws {
    let text = #"{ "b": [1, 2.50, {"z": null, "a": "é\n\u0001"}], "a": {}, "c": [] }"#
    #expect(try JSON(parsing: text).compactText() == #"{"b":[1,2.5,{"z":null,"a":"é\n\u0001"}],"a":{},"c":[]}"#)
  }

  @Test(arguments: [#"{"b":1,"a":{"d":[true,false],"c":"\"\\"}}"#, "[[],{}]", "-0", "1e+300", "9223372036854775807"])
  func `reads back as the same value`(text: String) throws {
    let value = try JSON(parsing: text)
    #expect(try JSON(parsing: value.compactBytes()) == value)
  }
}
