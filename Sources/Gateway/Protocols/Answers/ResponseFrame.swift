/// The events of the Responses protocol as text.
enum ResponseFrame {
  /// One event: its name twice, as the protocol has it, the members in between, and its number.
  ///
  /// - Parameters:
  ///   - capacity: the bytes that the members will have, about.
  ///   - members: appends them, each with a comma before it.
  static func text(
    _ name: StaticString, _ number: Int, capacity: Int = 0, _ members: (inout Frame) -> Void
  ) -> String {
    var frame = Frame(event: name, capacity: capacity)
    frame.raw(#"{"type":""#)
    frame.raw(name)
    frame.raw(#"""#)
    members(&frame)
    frame.raw(#","sequence_number":"#)
    frame.number(number)
    frame.raw("}")
    return frame.text()
  }

  /// Which item of the output an event is about.
  static func place(_ frame: inout Frame, _ id: String, _ index: Int) {
    frame.raw(#","item_id":"#)
    frame.quoted(id)
    frame.raw(#","output_index":"#)
    frame.number(index)
  }
}
