import Foundation

/// Measures and hunts. `bin/bench` and `bin/check` run it; it prints what it measured and asserts nothing, but for the
/// hunts, which fail when something was lost.
@main
enum Bench {
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let rest = Array(arguments.dropFirst())
    do {
      switch arguments.first {
      case "storage": try await StorageBench.run(rest)
      case "start": try await StartBench(Options(rest)).run()
      case "turn": try await TurnBench(Options(rest)).run()
      case "dice": try DiceBench(Options(rest)).run()
      case "gateway": try await GatewayBench(Options(rest)).run()
      case "gateway-server": try await GatewayServer.serve(Options(rest))
      case "kill-turns": try await TurnKillHunt(Options(rest)).run()
      case "kill": try await KillHunt(Options(rest)).run()
      case "powercut-load": try await PowerCutLoad(Options(rest)).run()
      case "powercut-check": try await LedgerCheck(Options(rest)).run()
      default:
        print(
          """
          usage: bench storage | start | turn | dice | gateway | kill | kill-turns | powercut-load | \
          powercut-check [--name value …]
          """)
        exit(2)
      }
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }
}

/// `--name value` pairs.
struct Options {
  struct Missing: Error, CustomStringConvertible {
    let name: String
    var description: String { "--\(name) is missing, or is not of the kind it should be" }
  }

  private var values: [String: String] = [:]

  init(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      guard name.hasPrefix("--") else { continue }
      values[String(name.dropFirst(2))] = rest.popFirst() ?? ""
    }
  }

  func text(_ name: String, _ standard: String? = nil) throws -> String {
    guard let value = values[name] ?? standard else { throw Missing(name: name) }
    return value
  }

  func number(_ name: String, _ standard: Int) throws -> Int {
    guard let text = values[name] else { return standard }
    guard let number = Int(text) else { throw Missing(name: name) }
    return number
  }
}
