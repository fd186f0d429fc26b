package import StrictJSON

/// What a batch would do. Samples of dice are samples.
package struct Rehearsal: Sendable, Hashable {
  package enum Status: String, Codable, Sendable, CaseIterable {
    case executed, refused
    /// It refers to a step that was refused; whether it would do cannot be told yet.
    case notChecked = "not_checked"
  }

  package struct Step: Sendable, Hashable {
    package let operation: String
    package let status: Status
    package let output: JSON?
    package let display: OperationDisplay?
    /// Pointers are from the root of the rehearsal's request: `/operations/0/input/notation`.
    package let errors: [FieldError]
  }

  package let steps: [Step]

  package init(steps: [Step]) { self.steps = steps }

  package var errors: [FieldError] { steps.flatMap(\.errors) }
}
