// What ThreadSanitizer must see before its word is taken: `SoleOwner alone` writes an object once nobody else holds it, which
// the count of its references orders after the last read of another thread, and is no race; `SoleOwner shared` does not wait,
// and is one. The first is reported without Tests/Sanitizers/races.supp, for the library that counts references is built
// without ThreadSanitizer. `bin/check --sanitize thread` compiles and runs both.

import Foundation

// Unchecked, for `shared` is the planted race.
final class Storage: @unchecked Sendable { var value = 1 }
final class Reader: @unchecked Sendable {
  private var storage: Storage?

  init(_ storage: Storage) { self.storage = storage }

  /// Reads, then lets go.
  func read() {
    guard let value = storage?.value, value >= 0 else { return }
    storage = nil
  }
}

struct Buffer {
  var storage = Storage()

  /// As NIO reuses the buffers that it reads into.
  mutating func _modifyIfUniquelyOwned() -> Bool {
    guard isKnownUniquelyReferenced(&storage) else { return false }
    storage.value += 1
    return true
  }
}

let isAlone = CommandLine.arguments.dropFirst() == ["alone"]
for _ in 0..<100 {
  var buffer = Buffer()
  let reader = Reader(buffer.storage)
  Thread.detachNewThread { reader.read() }
  if isAlone {
    while !buffer._modifyIfUniquelyOwned() {}
  } else {
    buffer.storage.value += 1
  }
}
