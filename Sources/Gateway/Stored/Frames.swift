/// Events as text, each with the empty line that ends it, one behind the other.
enum Frames {
  /// The events of a text. Data of an event is JSON, which has no line break, so an empty line is always an end.
  static func split(_ bytes: [UInt8]) -> [String] {
    var frames: [String] = []
    var start = bytes.startIndex
    var place = start
    let newline = UInt8(ascii: "\n")
    while place + 1 < bytes.endIndex {
      guard bytes[place] == newline, bytes[place + 1] == newline else {
        place += 1
        continue
      }
      frames.append(String(decoding: bytes[start...place + 1], as: UTF8.self))
      place += 2
      start = place
    }
    return frames
  }

  /// The events in groups of at most so many bytes; a longer event is a group of its own.
  static func grouped(_ frames: [String], bytesMax: Int) -> [[String]] {
    var groups: [[String]] = []
    var bytes = 0
    for frame in frames {
      if groups.isEmpty || bytes + frame.utf8.count > bytesMax {
        groups.append([])
        bytes = 0
      }
      groups[groups.count - 1].append(frame)
      bytes += frame.utf8.count
    }
    return groups
  }
}
