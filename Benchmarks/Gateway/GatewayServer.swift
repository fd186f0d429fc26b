import AsyncHTTPClient
import Foundation
import Inference
import NIOCore
import NIOHTTP1
import Server
import Storage
import StrictJSON
import Terminal

/// A server of ours before the bench's upstream, with a key for programs.
final class GatewayServer {
  let target: GatewayTarget
  private let process: ServerProcess

  /// `arbiter serve`: what is asked costs nothing, and no budget is set.
  static func plain(program: String, upstream: BenchUpstream, folder: String) async throws -> GatewayServer {
    try await GatewayServer(
      "Arbiter, plain", ServerProcess(program: program, folder: DataFolder(path: "\(folder)/plain")), upstream)
  }

  /// The same server in which the upstream's models have a price, so that a budget has something to hold: the key's, which
  /// no call of the bench comes near.
  static func governed(upstream: BenchUpstream, folder: String) async throws -> GatewayServer {
    let server = try await GatewayServer(
      "Arbiter, governed",
      ServerProcess(
        program: CommandLine.arguments[0], command: "gateway-server", folder: DataFolder(path: "\(folder)/governed")),
      upstream)
    return server
  }

  private init(_ name: String, _ process: ServerProcess, _ upstream: BenchUpstream) async throws {
    try process.launch()
    self.process = process
    let address = try await process.address()
    let token = try process.token
    func ask(_ method: HTTPMethod, _ path: String, _ body: JSON) async throws -> JSON {
      var request = HTTPClientRequest(url: "\(address)/api/v1\(path)")
      request.method = method
      request.headers = ["authorization": "Bearer \(token)", "content-type": "application/json"]
      request.body = .bytes(body.compactBytes())
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
      let answer = try await response.body.collect(upTo: 1 << 20)
      guard (200..<300).contains(response.status.code) else {
        throw HTTPCaller.Failed(description: "\(path): \(String(buffer: answer))")
      }
      return try JSON(parsing: Array(answer.readableBytesView))
    }
    _ = try await ask(
      .POST, "/model-connections",
      ["baseURL": .string("\(upstream.address)/v1"), "model": .string(BenchUpstream.quick), "name": "bench"])
    let made = try await ask(.POST, "/gateway-keys", ["name": "bench"])
    if process.command != "serve" {
      _ = try await ask(
        .PUT, "/budgets",
        ["key": made["key"]?["id"] ?? .null, "period": "month", "limitMicros": .integer(Budget.limits.upperBound)])
    }
    let port = Int(address.split(separator: ":").last ?? "") ?? 0
    target = GatewayTarget(
      name: name, port: port, process: ProcessTree(root: process.identifier), key: made["secret"]?.text)
  }

  func stop() async {
    process.kill(SIGTERM)
    await process.wait()
  }

  /// `bench gateway-server --data FOLDER`: the server, with a price for what answers at 127.0.0.1.
  static func serve(_ options: Options) async throws {
    let price = ModelPrice(inputMicros: 1_000_000, outputMicros: 4_000_000)
    var surroundings = Surroundings.system
    surroundings.prices = PriceList([], onThisMachine: price)
    try await ArbiterServer.run(
      ServeOptions(
        folder: DataFolder(path: try options.text("data")), host: nil, port: 0, configuration: nil, assets: nil),
      environment: [:], surroundings: surroundings, announce: { _ in })
  }
}
