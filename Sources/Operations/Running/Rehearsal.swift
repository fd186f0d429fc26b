package import StrictJSON

/// What a batch would do. Samples of dice are samples.
package struct Rehearsal: Sendable, Hashable {
  package enum Status: String, Codable, Sendable { case executed, refused }

  package struct Step: Sendable, Hashable {
    package let operation: String
    package let status: Status
    package let output: JSON?
    /// Pointers are from the root of the rehearsal's request: `/operations/0/input/notation`.
    package let errors: [FieldError]
  }

  package let steps: [Step]
  package var errors: [FieldError] { steps.flatMap(\.errors) }
}
