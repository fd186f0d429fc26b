import AsyncHTTPClient
import Foundation
import NIOCore
import Synchronization

/// Many callers who roll dice as fast as they are answered, each call with a key of its own.
struct Writers {
  let count: Int
  let ledger: Ledger

  struct Tally: Sendable {
    var acknowledged = 0
    var refused: [String: Int] = [:]
    var unknown = 0
  }

  /// Rolls until `isOver`.
  func run(at address: String, token: String, epoch: Int, until isOver: @escaping @Sendable () -> Bool) async -> Tally {
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = count
    configuration.timeout.connect = .seconds(2)
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let caller = Caller(client: client, address: address, token: token)
    let tally = await withTaskGroup(of: Tally.self) { group in
      for writer in 0..<count {
        group.addTask { await roll(caller, writer: writer, epoch: epoch, isOver: isOver) }
      }
      return await group.reduce(into: Tally()) { sum, part in
        sum.acknowledged += part.acknowledged
        sum.unknown += part.unknown
        sum.refused.merge(part.refused, uniquingKeysWith: +)
      }
    }
    try? await client.shutdown()  // Its connections went with the server.
    return tally
  }

  private func roll(_ caller: Caller, writer: Int, epoch: Int, isOver: @Sendable () -> Bool) async -> Tally {
    var tally = Tally()
    var number = 0
    while !isOver() {
      number += 1
      let key = "e\(epoch)-w\(writer)-n\(number)"
      ledger.note(.sent(key: key))
      switch await caller.roll(key: key) {
      case .acknowledged(let row, let id):
        ledger.note(.acknowledged(key: key, row: row, id: id))
        tally.acknowledged += 1
      case .refused(let status, let code):
        ledger.note(.unknown(key: key))
        tally.refused["\(status) \(code)", default: 0] += 1
      case .unknown:
        ledger.note(.unknown(key: key))
        tally.unknown += 1
      }
    }
    return tally
  }
}
