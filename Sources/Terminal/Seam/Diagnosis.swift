/// What a look at a folder and its configuration found.
package struct Diagnosis: Encodable, Sendable, Hashable {
  package let findings: [Finding]
  package let settings: [Setting]

  package init(findings: [Finding], settings: [Setting]) {
    self.findings = findings
    self.settings = settings
  }
}

/// One thing that was looked at.
package struct Finding: Encodable, Sendable, Hashable {
  package enum Verdict: String, Encodable, Sendable, CaseIterable {
    case fine
    /// It works, and somebody should know.
    case warning
    /// It does not work.
    case wrong
  }

  /// What was looked at, in one or two words: `database`, `vault key`.
  package let name: String
  package let verdict: Verdict
  /// What was found and, where it is not fine, what to do.
  package let sentence: String

  package init(_ name: String, _ verdict: Verdict, _ sentence: String) {
    self.name = name
    self.verdict = verdict
    self.sentence = sentence
  }
}

/// One value of the configuration that is in force.
package struct Setting: Encodable, Sendable, Hashable {
  package let name: String
  /// As text; a secret is replaced by whoever makes this.
  package let value: String
  /// Where it comes from: `--port`, `ARBITER_PORT`, `arbiter.yaml`, `standard`.
  package let origin: String

  package init(name: String, value: String, origin: String) {
    self.name = name
    self.value = value
    self.origin = origin
  }
}
