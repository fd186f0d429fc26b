// What AddressSanitizer must see before its silence is believed: `Overrun within` does nothing wrong; `Overrun beyond` reads
// one byte behind an allocation; `Overrun lost` ends with two objects that hold each other. `bin/check --sanitize address`
// compiles it and runs all three.

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

/// Alive to the end, and only found through pointers that carry the case: what leaks.supp is for.
indirect enum Tree: Sendable {
  case leaf(Int)
  case twig(Int)
  case node(Tree, Tree)
  case mark(Tree)

  static let kept = (0..<100).map { node(mark(leaf($0)), twig($0)) }
}

let fault = CommandLine.arguments.dropFirst().first
let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 8)
bytes.initialize(repeating: 0, count: 8)
let read = bytes[fault == "beyond" ? 8 : 7]
bytes.deallocate()
makeLinks(lost: fault == "lost")
print("read \(read) of \(Tree.kept.count)")
