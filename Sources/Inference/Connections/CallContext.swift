package import Vocabulary

/// Who asks a model, and what for: what a call is booked under.
package struct CallContext: Sendable, Hashable {
  /// What of the program asks.
  package enum Surface: String, Sendable, Hashable, Codable, CaseIterable {
    case tabletop
    /// A program outside, over `/v1`.
    case gateway
    /// `arbiter infer`, and the check of a model.
    case workbench
  }

  package let workspace: WorkspaceID
  /// Whose budget it is; nil for what the program does by itself.
  package let person: PersonID?
  /// The key that a program outside asked with.
  package let key: GatewayKeyID?
  package let surface: Surface
  /// What is asked for: `propose`, `narrate`, `chat.completions`; at most 64 bytes.
  package let task: String
  /// Which prompt, with its version; nil where the words are not the program's.
  package let prompt: String?
  /// The route that was asked, by name; nil for a model that was named.
  package let route: String?
  /// The run of the program's own that it is a part of, as a turn; nil where there is none.
  package let run: UniqueID?

  package init(
    workspace: WorkspaceID, person: PersonID? = nil, key: GatewayKeyID? = nil, surface: Surface, task: String,
    prompt: String? = nil, route: String? = nil, run: UniqueID? = nil
  ) {
    self.workspace = workspace
    self.person = person
    self.key = key
    self.surface = surface
    self.task = task
    self.prompt = prompt
    self.route = route
    self.run = run
  }

  /// The same, for a call over a route.
  package func routed(over route: String?) -> CallContext {
    CallContext(
      workspace: workspace, person: person, key: key, surface: surface, task: task, prompt: prompt, route: route,
      run: run)
  }

  /// Whose turn it is where calls wait.
  var caller: CallerID { key.map { .key($0) } ?? person.map { .person($0) } ?? .program }
}
