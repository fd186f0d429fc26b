import Inference
import Synchronization

/// A network that lists what a test says, and keeps which doors were asked for.
final class ListedModels: ModelFinder {
  struct Door: Sendable, Hashable {
    let name: String
    let address: String
    let secret: String?
  }

  private let models: Mutex<[FoundModel]>
  private let opened = Mutex<[(door: Door, times: CallTimes)]>([])
  private let lists = Mutex(0)

  private let door: any ModelProvider

  /// - Parameter door: what every door leads to.
  init(_ models: [FoundModel], to door: any ModelProvider = BuiltInModel()) {
    self.models = Mutex(models)
    self.door = door
  }

  /// From now on it lists these.
  func list(_ models: [FoundModel]) { self.models.withLock { $0 = models } }

  /// How often somebody was asked for a list.
  var asked: Int { lists.withLock { $0 } }
  var doors: [Door] { opened.withLock { $0.map(\.door) } }
  var times: [CallTimes] { opened.withLock { $0.map(\.times) } }

  func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [FoundModel] {
    lists.withLock { $0 += 1 }
    guard key?.secret != "sk-wrong-1234567" else {
      throw InferenceError(.badKey, from: provider, "\(provider) does not take sk-wrong-1234567 at all.")
    }
    return models.withLock { $0 }
  }

  func localServers() async -> [FoundServer] { [] }

  func provider(named name: String, at endpoint: EndpointURL, key: APIKey?, times: CallTimes) -> any ModelProvider {
    opened.withLock { $0.append((Door(name: name, address: "\(endpoint)", secret: key?.secret), times)) }
    return door
  }
}
