import Configuration
package import Storage
import SystemPackage
import Yams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is configured, and where each value comes from.
package struct ReadSettings: Sendable {
  package struct Origin: Sendable, Hashable {
    package let name: String
    package let value: String
    /// `--port`, `ARBITER_PORT`, a file's path, or `standard`.
    package let origin: String
  }

  package let settings: ServerSettings
  package let origins: [Origin]
}

/// Why the configuration cannot be used. Every fault at once.
package struct ConfigurationError: Error, Sendable, CustomStringConvertible {
  package let faults: [String]
  package var description: String { faults.joined(separator: "\n") }
}

extension ReadSettings {
  /// Reads the configuration: flags before the environment before the file before the standard.
  ///
  /// - Parameters:
  ///   - flags: by setting name, as given on the command line.
  ///   - file: nil looks for `arbiter.yaml` in the folder, which need not be there; a file that is named must be.
  /// - Throws: ``ConfigurationError``, naming each value that is not allowed and where it stands.
  package static func read(
    flags: [String: String], environment: [String: String], file named: String?, folder: DataFolder
  ) async throws(ConfigurationError) -> ReadSettings {
    let path = named ?? folder.configuration
    let file = try await YAMLFile(path, mayBeMissing: named == nil)
    var settings = ServerSettings()
    var origins: [Origin] = []
    var faults: [String] = file.unknownKeys.map {
      "\(path): “\($0)” is no setting. There are: \(SettingField.all.map(\.name).joined(separator: ", "))."
    }
    let variables = EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "arbiter")
    for field in SettingField.all {
      let variable = "ARBITER_" + field.name.uppercased().replacing(".", with: "_")
      let (text, origin): (String, String)
      if let flag = flags[field.name] {
        (text, origin) = (flag, "--\(field.name)")
      } else if let value = variables.text(field.name) {
        (text, origin) = (value, variable)
      } else if let value = file.text(field.name) {
        (text, origin) = (value, path)
      } else {
        origins.append(Origin(name: field.name, value: field.standard(settings), origin: "standard"))
        continue
      }
      if let allowed = field.take(text, &settings) {
        let shown = field.isSecret ? "the value" : "“\(text.prefix(80))”"
        faults.append("\(origin): \(shown) is not allowed for \(field.name). Allowed: \(allowed).")
      }
      origins.append(Origin(name: field.name, value: field.isSecret ? "(secret)" : text, origin: origin))
    }
    if let fault = settings.bindingFault { faults.append(fault) }
    guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
    return ReadSettings(settings: settings, origins: origins)
  }
}

extension ServerSettings {
  /// Loopback needs nothing more. Beyond it, sessions would travel in clear and be anybody's who listens.
  var bindingFault: String? {
    guard !["127.0.0.1", "::1", "localhost"].contains(host), origin?.hasPrefix("https://") != true else { return nil }
    return
      "host: listening on \(host) lets other machines in, and their sessions would cross the network in clear. Put a "
      + "proxy with TLS in front and set origin to its https address, or listen on 127.0.0.1."
  }
}

/// `arbiter.yaml`, read once.
private struct YAMLFile {
  private let provider: FileProvider<YAMLSnapshot>?
  let unknownKeys: [String]

  init(_ path: String, mayBeMissing: Bool) async throws(ConfigurationError) {
    guard FileManager.default.fileExists(atPath: path) || !mayBeMissing else {
      provider = nil
      unknownKeys = []
      return
    }
    do {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      guard text.utf8.count <= 1 << 20 else { throw ConfigurationError(faults: ["\(path): it is larger than 1 MiB."]) }
      let keys = try Yams.compose(yaml: text).map { Self.leaves(of: $0) } ?? []
      unknownKeys = keys.filter { key in !SettingField.all.contains { $0.name == key } }
      provider = keys.isEmpty ? nil : try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw ConfigurationError(faults: ["\(path) cannot be read: \(error)"])
    }
  }

  func text(_ name: String) -> String? { provider?.text(name) }

  /// Dotted names of everything that is not a mapping. Bounded by the size of the file; YAML's aliases are not followed
  /// into.
  private static func leaves(of node: Node, below prefix: String = "") -> [String] {
    guard case .mapping(let mapping) = node else { return [prefix] }
    return mapping.flatMap { key, value in
      let name = key.string ?? "?"
      return leaves(of: value, below: prefix.isEmpty ? name : "\(prefix).\(name)")
    }
  }
}

extension ConfigProvider {
  /// A value as text, whatever it was written as.
  fileprivate func text(_ name: String) -> String? {
    let key = AbsoluteConfigKey(name.split(separator: ".").map(String.init))
    for type in [ConfigType.string, .int, .bool, .double, .stringArray] {
      guard let content = (try? value(forKey: key, type: type))?.value?.content else { continue }
      switch content {
      case .string(let text): return text
      case .int(let number): return "\(number)"
      case .bool(let flag): return "\(flag)"
      case .double(let number): return "\(number)"
      case .stringArray(let list): return list.joined(separator: ",")
      default: continue
      }
    }
    return nil
  }
}
