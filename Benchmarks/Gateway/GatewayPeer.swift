import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A gateway of others, as its own process.
final class GatewayPeer {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  let target: GatewayTarget
  private let process: Process

  /// sglang-router (in Rust) before one worker, without keys, as it starts by itself.
  static func sglangRouter(python: String, upstream: BenchUpstream, folder: String) async throws -> GatewayPeer {
    let port = try freePort()
    return try await GatewayPeer(
      GatewayTarget(name: "sglang-router", port: port), readyAt: "/health", folder: folder, program: python,
      [
        "-m", "sglang_router.launch_router", "--worker-urls", upstream.address, "--host", "127.0.0.1", "--port",
        "\(port)", "--prometheus-port", "\(try freePort())", "--log-level", "error",
      ])
  }

  /// The LiteLLM proxy, one worker, with its master key, without a database and without callbacks.
  static func liteLLM(python: String, upstream: BenchUpstream, folder: String) async throws -> GatewayPeer {
    let port = try freePort()
    // Weak master keys are refused.
    let key = "sk-" + (0..<24).map { _ in String(UInt8.random(in: 0...255), radix: 16) }.joined()
    let configuration = """
      model_list:
        - model_name: \(BenchUpstream.quick)
          litellm_params:
            model: openai/\(BenchUpstream.quick)
            api_base: \(upstream.address)/v1
            api_key: none
      general_settings:
        master_key: \(key)
      """
    let file = "\(folder)/litellm.yaml"
    try configuration.write(toFile: file, atomically: true, encoding: .utf8)
    var target = GatewayTarget(name: "LiteLLM", port: port, key: key)
    target.isFast = false
    return try await GatewayPeer(
      target, readyAt: "/health/liveliness", folder: folder,
      program: URL(filePath: python).deletingLastPathComponent().appending(path: "litellm").path,
      ["--config", file, "--host", "127.0.0.1", "--port", "\(port)", "--num_workers", "1"],
      environment: ["LITELLM_LOG": "ERROR", "LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_TELEMETRY": "False"])
  }

  private init(
    _ target: GatewayTarget, readyAt path: String, folder: String, program: String, _ arguments: [String],
    environment: [String: String] = [:]
  ) async throws {
    let log = "\(folder)/\(target.name).log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    let output = try FileHandle(forWritingTo: URL(filePath: log))
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    process.standardOutput = output
    process.standardError = output
    try process.run()
    self.process = process
    var ready = target
    ready.process = ProcessTree(root: process.processIdentifier)
    self.target = ready
    do { try await wait(for: "http://127.0.0.1:\(target.port)\(path)", log: log) } catch {
      await stop()
      throw error
    }
  }

  private func wait(for address: String, log: String) async throws {
    let end = ContinuousClock.now + .seconds(180)
    while ContinuousClock.now < end, process.isRunning {
      let answer = try? await HTTPClient.shared.execute(HTTPClientRequest(url: address), timeout: .seconds(5))
      if answer?.status == .ok { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    throw Failed(description: "\(target.name) did not answer within 180 s: \(words.suffix(2_000))")
  }

  func stop() async {
    guard process.isRunning else { return }
    process.terminate()
    let end = ContinuousClock.now + .seconds(5)
    while process.isRunning, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(20)) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// One that nobody listens at now.
  private static func freePort() throws -> Int {
    #if canImport(Glibc)
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let number = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    defer { close(number) }
    var address = loopbackAddress(port: 0)
    var length = socklen_t(address.count)
    let isBound = address.withUnsafeMutableBytes {
      let address = $0.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      return bind(number, address, length) == 0 && getsockname(number, address, &length) == 0
    }
    guard isBound else { throw Failed(description: "there is no free port") }
    return Int(address[2]) << 8 | Int(address[3])
  }
}
