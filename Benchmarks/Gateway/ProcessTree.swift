import Foundation

/// A process with all that it started, as /proc shows it (Linux).
struct ProcessTree: Sendable {
  let root: Int32

  /// User and system time of all of them since they began, in microseconds; 0 where the system does not say.
  var cpuMicroseconds: Double {
    let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    return members.reduce(0) { sum, process in
      let fields = Self.fields(of: process)
      // utime and stime, and those of children that have ended and were waited for: proc(5), fields 14 to 17.
      return sum + (11...14).reduce(0) { $0 + (fields.indices.contains($1) ? Double(fields[$1]) ?? 0 : 0) } / ticks
        * 1e6
    }
  }

  /// Bytes of memory that no file stands behind.
  var anonymousBytes: Double { kilobytes("RssAnon:") * 1024 }

  /// Bytes of memory that are present.
  var presentBytes: Double { kilobytes("VmRSS:") * 1024 }

  private func kilobytes(_ name: String) -> Double {
    members.reduce(0) { sum, process in
      let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
      return sum + (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0)
    }
  }

  private var members: [Int32] {
    var parents: [Int32: Int32] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
      guard let process = Int32(name), let parent = Self.fields(of: process).dropFirst().first else { continue }
      parents[process] = Int32(parent)
    }
    var members = [root]
    var index = 0
    while index < members.count {
      members += parents.filter { $0.value == members[index] }.keys.sorted()
      index += 1
    }
    return members
  }

  /// What follows the name, which may hold blanks: field 3, the state, is the first.
  private static func fields(of process: Int32) -> [Substring] {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return [] }
    return text[text.index(after: end)...].split(separator: " ")
  }
}
