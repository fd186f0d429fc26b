import Foundation
import Testing

@Suite("The house")
struct HouseTests {
  let house: House

  init() throws { house = try House() }

  @Test func `every module has a floor in the drawing, and every module of the drawing exists`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: house.root.appending(path: "Sources").path)
    let modules = Set(folders.filter { !$0.hasPrefix("C") && !$0.hasPrefix(".") })
    #expect(modules == Set(house.floors.keys))
    #expect(house.floors.count > 10)
  }

  @Test func `declared dependencies go down`() {
    let complaints = house.declared.sorted { $0.key < $1.key }.flatMap { module, others in
      others.sorted().compactMap { house.complaint(from: module, to: $0) }
    }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
  }

  @Test func `imports go down, and only to what the manifest declares`() throws {
    let imports = try house.imports()
    #expect(imports.count > 100)
    var complaints: [String] = []
    for one in imports where house.floors[one.imported] != nil {
      if let complaint = house.complaint(from: one.module, to: one.imported) {
        complaints.append("\(complaint), in \(one.file):\(one.line)")
      }
      if house.declared[one.module]?.contains(one.imported) != true {
        complaints.append("\(one) is not declared in Package.swift")
      }
    }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
  }

  @Test(arguments: [
    ("Hummingbird", ["Web"]), ("HummingbirdCore", ["Web"]), ("GRDB", ["StorageSQLite"]),
    ("GRDBSQLite", ["StorageSQLite"]),
    ("AsyncHTTPClient", ["InferenceProviders", "Terminal"]), ("ArgumentParser", ["Terminal", "arbiter"]),
    ("Configuration", ["Server"]), ("Mustache", ["Proposals"]), ("NIOSSL", ["InferenceProviders"]),
  ])
  func `heavy libraries stay in their room`(library: String, rooms: [String]) throws {
    let strangers = try house.imports().filter { $0.imported == library && !rooms.contains($0.module) }
    #expect(strangers.isEmpty, "\(strangers)")
  }

  @Test func `the ground floor and dice import nothing that could tell the time, reach the disk or toss a coin`() throws
  {
    let pure = Set(house.floors.filter { $0.value == 0 }.keys).union(["Dice"])
    let allowed = Set(house.floors.keys).union(["Synchronization"])
    let impure = try house.imports().filter { pure.contains($0.module) && !allowed.contains($0.imported) }
    #expect(impure.isEmpty, "\(impure)")
  }

  @Test func `an arrow that points up or sideways is named`() {
    #expect(house.complaint(from: "Storage", to: "Operations") == "Storage (floor 1) → Operations (floor 4) points up")
    #expect(house.complaint(from: "Web", to: "Terminal") == "Web → Terminal points sideways on floor 7")
    #expect(house.complaint(from: "Web", to: "Storage") == nil)
  }
}
