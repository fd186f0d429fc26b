import Foundation
import Storage

/// Load on a data folder until somebody cuts the power: `bin/check --powercut` freezes the server whose process number is
/// printed, copies what the disk truly has, and lets `powercut-check` look at the copy.
struct PowerCutLoad {
  private let writers: Int
  private let folder: DataFolder
  private let ledger: Ledger
  private let program: String
  private let epoch: Int

  init(_ options: Options) throws {
    writers = try options.number("writers", 32)
    folder = DataFolder(path: try options.text("data"))
    ledger = try Ledger(try options.text("ledger"))
    program = try options.text("program", ".build/release/arbiter")
    epoch = try options.number("epoch", Int(Date().timeIntervalSince1970))
  }

  func run() async throws {
    let server = ServerProcess(program: program, folder: folder)
    try server.launch()
    let address = try await server.address()
    let token = try server.token
    print("powercut-load: server \(server.identifier)")
    fflush(nil)
    _ = await Writers(count: writers, ledger: ledger).run(at: address, token: token, epoch: epoch, until: { false })
  }
}
