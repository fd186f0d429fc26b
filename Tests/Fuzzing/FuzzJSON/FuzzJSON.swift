import Fuzzing
import StrictJSON

/// What was read is written and read again as the same value, in both forms; what is refused says where.
@_cdecl("FuzzJSON_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    let value: JSON
    do throws(JSONFault) {
      value = try JSON(parsing: Fuzzing.bytes(start, count))
    } catch {
      Fuzzing.demand(!error.errors.isEmpty, "a fault without an error")
      for error in error.errors {
        Fuzzing.demand(JSONPointer(error.pointer) != nil, "\(error.pointer) is no pointer")
        Fuzzing.demand(error.message.utf8.count < 4_096, "a message of \(error.message.utf8.count) bytes")
      }
      return 0
    }
    let bytes = value.canonicalBytes()
    let again = try? JSON(parsing: bytes)
    Fuzzing.demand(again == value, "the canonical form reads as another value")
    Fuzzing.demand(again?.canonicalBytes() == bytes, "the canonical form of the canonical form is another")
    Fuzzing.demand((try? JSON(parsing: value.prettyText())) == value, "the pretty form reads as another value")
    return 0
  }
}
