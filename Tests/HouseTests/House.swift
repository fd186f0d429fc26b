import Foundation

/// The house as it is drawn, declared and built.
struct House {
  let root: URL
  /// Floor by module, from `docs/architecture.md`.
  let floors: [String: Int]
  /// Dependencies within the house by target, from `Package.swift`.
  let declared: [String: Set<String>]
  /// Libraries from outside by target.
  let libraries: [String: Set<String>]

  init() throws {
    root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    floors = try Self.drawn(in: String(contentsOf: root.appending(path: "docs/architecture.md"), encoding: .utf8))
    (declared, libraries) = try Self.declared(
      in: String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8))
  }

  struct Import: Hashable, CustomStringConvertible {
    let file: String
    let line: Int
    let module: String
    let imported: String
    var description: String { "\(module) → \(imported) (\(file):\(line))" }
  }

  /// Every import of every source file of a module of the house.
  func imports() throws -> [Import] {
    var imports: [Import] = []
    for module in floors.keys.sorted() {
      let folder = root.appending(path: "Sources/\(module)")
      let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
      for file in found.compactMap({ $0 as? URL }) where file.pathExtension == "swift" {
        imports += try self.imports(of: file, in: module)
      }
    }
    return imports
  }

  private func imports(of file: URL, in module: String) throws -> [Import] {
    let name = file.path.replacing(root.path + "/", with: "")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    var imports: [Import] = []
    for (index, line) in lines.enumerated() where line.contains("import ") {
      guard let found = line.wholeMatch(of: Self.importLine) else { continue }
      imports.append(Import(file: name, line: index + 1, module: module, imported: String(found.module)))
    }
    return imports
  }

  /// Why an arrow between two modules of the house may not be; nil when it may.
  func complaint(from module: String, to other: String) -> String? {
    guard let from = floors[module], let to = floors[other] else { return nil }
    if to > from { return "\(module) (floor \(from)) → \(other) (floor \(to)) points up" }
    if to == from { return "\(module) → \(other) points sideways on floor \(from)" }
    return nil
  }

  nonisolated(unsafe) private static let importLine =
    /\s*(?:@\w+\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+).*/

  private static func drawn(in text: String) throws -> [String: Int] {
    guard let block = text.firstMatch(of: /```floors\n(?<lines>(?:.*\n)*?)```/) else { return [:] }
    var floors: [String: Int] = [:]
    for line in block.lines.split(separator: "\n") {
      guard let floor = line.first.flatMap({ Int(String($0)) }) else { continue }
      // Modules come first; two spaces or more end them.
      let words = line.dropFirst(3).prefix { !$0.isNewline }
      let modules = words.split(separator: "  ", maxSplits: 1)[0]
      for module in modules.split(separator: " ") { floors[String(module)] = floor }
    }
    return floors
  }

  private static func declared(in manifest: String) throws -> ([String: Set<String>], [String: Set<String>]) {
    var inside: [String: Set<String>] = [:]
    var outside: [String: Set<String>] = [:]
    let target = /\.(?:executableTarget|target)\(\s*name: "(?<name>\w+)"(?:,\s*dependencies: \[(?<list>[^\]]*)\])?/
    for found in manifest.matches(of: target) {
      let list = found.list.map(String.init) ?? ""
      inside[String(found.name)] = Set(list.matches(of: /"(\w+)"/).map { String($0.1) })
      outside[String(found.name)] = Set(list.matches(of: /\.(\w+)/).map { String($0.1) })
    }
    return (inside, outside)
  }
}
