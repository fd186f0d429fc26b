// What AddressSanitizer must see before its silence is believed: `Overrun within` reads, frees and keeps nothing it should
// not; `Overrun beyond` reads one byte behind an allocation; `Overrun lost` ends with two objects that hold each other.
// `bin/check --sanitize address` compiles it and runs all three.

final class Link {
  var next: Link?
}

// In a function of its own, so that nothing on the stack of the program still points at them.
@inline(never)
func makeLinks(lost isLost: Bool) {
  let link = Link()
  link.next = Link()
  if isLost { link.next?.next = link }
}

let fault = CommandLine.arguments.dropFirst().first
let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
bytes.initialize(repeating: 0, count: 8)
let read = bytes[fault == "beyond" ? 8 : 7]
bytes.deallocate()
makeLinks(lost: fault == "lost")
print("read \(read)")
