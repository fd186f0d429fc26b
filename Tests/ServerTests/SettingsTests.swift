import Foundation
import Inference
import Server
import Storage
import Testing

@Suite("Configuration")
struct SettingsTests {
  private func read(
    flags: [String: String] = [:], environment: [String: String] = [:], yaml: String? = nil
  ) async throws -> ReadSettings {
    let folder = try TemporaryFolder()
    if let yaml { try yaml.write(toFile: folder.data.configuration, atomically: true, encoding: .utf8) }
    return try await ReadSettings.read(flags: flags, environment: environment, file: nil, folder: folder.data)
  }

  @Test func `a flag wins over the environment, that over the file, that over the standard`() async throws {
    let yaml = "port: 1\nhost: localhost\nworkspace:\n  name: From the file\nlog:\n  level: debug\n"
    let read = try await read(
      flags: ["port": "3"], environment: ["ARBITER_PORT": "2", "ARBITER_WORKSPACE_NAME": "From outside"], yaml: yaml)
    #expect(read.settings.port == 3)
    #expect(read.settings.workspaceName == "From outside")
    #expect(read.settings.host == "localhost")
    #expect(read.settings.logLevel == .debug)
    #expect(read.settings.logFiles == 5)
    let origins = Dictionary(uniqueKeysWithValues: read.origins.map { ($0.name, $0.origin) })
    #expect(origins["port"] == "--port")
    #expect(origins["workspace.name"] == "ARBITER_WORKSPACE_NAME")
    #expect(origins["host"]?.hasSuffix("arbiter.yaml") == true)
    #expect(origins["log.files"] == "standard")
  }

  @Test func `all faults are told at once, each with its place and what is allowed`() async throws {
    let error = await #expect(throws: ConfigurationError.self) {
      try await read(
        environment: ["ARBITER_LOG_LEVEL": "loud"], yaml: "port: 70000\nprot: 1\nsession:\n  idle_days: soon\n")
    }
    let text = error?.description ?? ""
    #expect(error?.faults.count == 4, "\(text)")
    #expect(text.contains("“prot” is no setting"))
    #expect(text.contains("0 to 65535"))
    #expect(text.contains("ARBITER_LOG_LEVEL"))
    #expect(text.contains("debug, info, notice, warning, error"))
  }

  @Test(arguments: [
    "models:\n  local_origins:\n    - http://192.168.1.20:11434\n    - http://nas.local\n",
    "models: { local_origins: 'http://192.168.1.20:11434, http://nas.local' }",
  ])
  func `origins of one's own servers are a list, or a line`(yaml: String) async throws {
    let read = try await read(yaml: yaml)
    #expect(try read.settings.localOrigins == LocalOrigins(["http://192.168.1.20:11434", "http://nas.local"]))
    let line = try await self.read(environment: ["ARBITER_MODELS_LOCAL_ORIGINS": "http://nas.local"])
    #expect(try line.settings.localOrigins == LocalOrigins(["http://nas.local"]))
  }

  @Test func `what is no origin is named, and the server does not start`() async throws {
    let error = await #expect(throws: ConfigurationError.self) {
      try await read(yaml: "models:\n  local_origins: [http://nas.local, http://192.168.1.20:11434/v1]\n")
    }
    let text = error?.description ?? ""
    #expect(text.contains("models.local_origins") && text.contains("arbiter.yaml"))
    #expect(text.contains("“http://192.168.1.20:11434/v1” is none"), "\(text)")
  }

  @Test(arguments: ["0.0.0.0", "192.168.1.7", "::", "arbiter.example.org"])
  func `listening beyond loopback is refused without TLS in front`(host: String) async throws {
    await #expect(throws: ConfigurationError.self) { try await read(flags: ["host": host]) }
    await #expect(throws: ConfigurationError.self) {
      try await read(flags: ["host": host], environment: ["ARBITER_ORIGIN": "http://arbiter.example.org"])
    }
    let behindProxy = try await read(
      flags: ["host": host], environment: ["ARBITER_ORIGIN": "https://arbiter.example.org"])
    #expect(behindProxy.settings.host == host)
  }

  @Test(arguments: ["port: [1", "\u{0}", "a: &a [*a]", "- 1\n- 2", "port: 1\nport: 2"])
  func `a file that is no configuration is refused in words`(yaml: String) async throws {
    await #expect(throws: ConfigurationError.self) { try await read(yaml: yaml) }
  }

  @Test(arguments: ["", "\n", "# nothing\n", "{}"])
  func `an empty file says nothing`(yaml: String) async throws {
    #expect(try await read(yaml: yaml).settings == ServerSettings())
  }

  @Test func `a file that was named must be there`() async throws {
    let folder = try TemporaryFolder()
    await #expect(throws: ConfigurationError.self) {
      try await ReadSettings.read(
        flags: [:], environment: [:], file: "\(folder.data.path)/no.yaml", folder: folder.data)
    }
  }
}
