import Events
import Testing

@Suite("Event cursors")
struct EventCursorTests {
  @Test(arguments: ["", "rolls:0", "rolls:17", "a/b.c_d-e:9223372036854775807", "journal:3,rolls:17,workspace:1"])
  func `a cursor is read and written as the same text`(text: String) {
    #expect(EventCursor(text)?.description == text)
  }

  @Test(arguments: [
    "rolls", "rolls:", ":1", "rolls:-1", "rolls:1.5", "rolls:9223372036854775808", "Rolls:1", "rolls:1,", ",",
    "rolls:1,rolls:2",
    "rolls:１", "r\u{0}:1", "rolls:1\nid: 2", String(repeating: "a", count: 101) + ":1",
    (0..<65).map { "t\($0):1" }.joined(separator: ","),
  ])
  func `what is no cursor is refused`(text: String) {
    #expect(EventCursor(text) == nil)
  }
}
