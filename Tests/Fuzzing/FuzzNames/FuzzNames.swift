import Events
import Fuzzing
import Identity
import Operations
import Storage
import StrictJSON
import Vocabulary

/// Whatever reads as a name, an instant or a credential is written as a text that reads as the same.
@_cdecl("FuzzNames_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    demand(EventCursor(text), readsAgainBy: { EventCursor($0) })
    demand(Topic(text), readsAgainBy: { Topic($0) })
    demand(UniqueID(text), readsAgainBy: { UniqueID($0) })
    demand(IdempotencyKey(text), readsAgainBy: { IdempotencyKey($0) })
    demand(SchemaName(text), readsAgainBy: { SchemaName($0) })
    demand(JSONPointer(text), readsAgainBy: { JSONPointer($0) })
    if let credential = Credential(text) {
      Fuzzing.demand(credential.text == text, "a credential has two texts")
      Fuzzing.demand(!"\(credential)".contains(text), "a credential is printed")
    }
    if let bytes = [UInt8](hexadecimal: text) {
      Fuzzing.demand(bytes.hexadecimal == text.lowercased(), "hexadecimal digits read as others")
    }
    if let time = Timestamp(rfc3339: text) {
      let printed = Timestamp(rfc3339: time.description)
      // Instants before the year 0 and after 9999, which an offset can name, are printed as the nearest end.
      let isPrinted = !time.description.hasPrefix("0000-01-01T00:00:00.0") && !time.description.hasSuffix("59.999999Z")
      Fuzzing.demand(!isPrinted || printed == time, "\(time) reads as another instant")
      Fuzzing.demand(printed?.description == time.description, "\(time) is printed in two ways")
    }
    return 0
  }
}

private func demand<Name: Equatable & CustomStringConvertible>(_ name: Name?, readsAgainBy read: (String) -> Name?) {
  guard let name else { return }
  Fuzzing.demand(read(name.description) == name, "\(Name.self) \(name) reads as another")
}
