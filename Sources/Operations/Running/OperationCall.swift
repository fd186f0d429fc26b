package import StrictJSON
package import Vocabulary

/// An operation that somebody asks for.
package struct OperationCall: Codable, Sendable, Hashable {
  package let operation: String
  package let input: JSON

  package init(operation: String, input: JSON) {
    self.operation = operation
    self.input = input
  }
}

/// Operations to be carried out together or not at all, checked as far as that goes without state.
package struct PreparedBatch: Sendable {
  package let principal: Principal
  package let operations: [any PreparedOperation]

  /// Operations one batch may hold.
  package static let operationsMax = 100
  /// Dice its operations may draw together, rerolled and exploded ones counted.
  package static let drawsMax = 5000

  /// Finds, permits, checks and decodes every call.
  ///
  /// - Throws: ``OperationError``: for one call, its own; for several, `.invalidInput` with the faults of all, each pointer
  ///   beginning with the call's place.
  package init(
    _ calls: [OperationCall], as principal: Principal, from catalogue: Catalogue
  ) throws(OperationError) {
    guard (1...Self.operationsMax).contains(calls.count) else {
      throw OperationError(
        .invalidInput, "A batch holds 1 to \(Self.operationsMax) operations; this one holds \(calls.count).")
    }
    var prepared: [any PreparedOperation] = []
    var faults: [FieldError] = []
    for (index, call) in calls.enumerated() {
      do throws(OperationError) {
        let operation = try catalogue.change(named: call.operation)
        try principal.demand(operation.facts.permission, for: operation.facts.title)
        prepared.append(try operation.prepare(call.input))
      } catch  where calls.count == 1 || error.code == .forbidden {
        throw error
      } catch {
        faults += error.located(at: index)
      }
    }
    guard faults.isEmpty else { throw .invalidInput(faults) }
    self.principal = principal
    operations = prepared
  }
}

extension OperationError {
  /// The faults of one call of a batch, their pointers from the batch's root.
  func located(at index: Int) -> [FieldError] {
    guard !errors.isEmpty else {
      return [FieldError(pointer: "/operations/\(index)", code: code.rawValue, message: message, allowed: nil)]
    }
    return errors.map {
      FieldError(
        pointer: "/operations/\(index)/input\($0.pointer)", code: $0.code, message: $0.message, allowed: $0.allowed)
    }
  }
}

extension Principal {
  /// - Throws: ``OperationError`` `.forbidden` with a sentence, unless the principal's role carries the permission.
  package func demand(_ permission: Permission, for title: String) throws(OperationError) {
    guard may(permission) else {
      throw OperationError(
        .forbidden,
        "“\(title)” needs the role \(permission.leastRole.rawValue) or more; \(name) is \(role.rawValue) here.")
    }
  }
}

/// A client's name for one act, so that asking again does not do it again. 1 to 128 visible ASCII characters.
package struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init?(_ text: some StringProtocol) {
    guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
    description = String(text)
  }
}

/// What an operation did, for the one who asked.
package struct Performed: Sendable, Hashable {
  package let output: JSON
  package let row: JournalReference
  /// Whether this is the stored answer of an earlier call with the same key.
  package let isRepeated: Bool
  /// How it is shown; nil shows the summary of the row.
  package var display: OperationDisplay?
}

/// Points to a journal row.
package struct JournalReference: Codable, Sendable, Hashable {
  package let number: Int64
  package let id: JournalRowID
  package let operation: String
  package let version: Int
  package let time: Timestamp
}
