package import Storage

/// Models for programs outside: keys, budgets, the protocols of OpenAI and Anthropic, and what was called.
package enum Gateway {
  package static let migrations: [Migration] = []
}
