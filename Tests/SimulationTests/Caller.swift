import Operations
import Storage
import StrictJSON
import TestKit

/// One client: asks for one thing after another, each under a key of its own, and asks again when it is not sure.
struct Caller {
  let name: String
  let random: SeededRandom
  let arbiter: TestWorkspace
  let ledger: Ledger

  /// Makes `calls` calls, or fewer when the process dies.
  func run(_ calls: Int) async {
    for number in 0..<calls {
      guard !ledger.isFrozen, let call = await nextCall() else { continue }
      let key = "\(name)-\(number)"
      // A client that lost the answer asks again, and so does one that was told that it is not known.
      repeat { await ask(call, key) } while random.below(4) == 0
      if ledger.outcomes[key] == .unknown { await ask(call, key) }
    }
  }

  private func nextCall() async -> OperationCall? {
    arbiter.clock.advance(by: .milliseconds(random.below(5_000) - 500))
    switch random.below(12) {
    case 0...4:
      return OperationCall(operation: "roll_dice", input: ["notation": .string("\(1 + random.below(9))d20kh1")])
    case 5, 6: return OperationCall(operation: "roll_dice", input: ["notation": "10 // (1d2 - 1)"])
    case 7: return OperationCall(operation: "contribute_entropy", input: ["text": .string("words of \(name)")])
    case 8: return OperationCall(operation: "rotate_seed", input: [:])
    case 9:
      guard let revision = try? await arbiter.read("show_workspace")["revision"] else { return nil }
      return OperationCall(operation: "rename_workspace", input: ["name": .string(name), "revision": revision])
    default:
      let row = 1 + random.below(Int(clamping: ledger.lastRow) + 2)
      return OperationCall(operation: "undo", input: ["journal": .integer(Int64(row))])
    }
  }

  private func ask(_ call: OperationCall, _ key: String) async {
    guard ledger.begin(key) else { return }
    do {
      ledger.answer(key, .done(try await arbiter.desk.perform(call, as: arbiter.owner, key: IdempotencyKey(key))))
    } catch let error as OperationError {
      note(error, key)
    } catch let error as StorageError {
      note(error, key)
    } catch {
      ledger.find("\(key): \(error)")
    }
  }

  private func note(_ error: OperationError, _ key: String) {
    switch error.code {
    case .executionFailed: ledger.answer(key, error.attempt.map { .failed(row: $0) } ?? .absent)
    case .preconditionFailed, .notFound, .alreadyUndone, .notUndoable, .undoConflict, .refused:
      ledger.answer(key, .absent)
    default: ledger.find("\(key): \(error.code.rawValue): \(error)")
    }
  }

  private func note(_ error: StorageError, _ key: String) {
    switch error.kind {
    case .outcomeUnknown: ledger.noteTrouble(key, isUnknown: true)
    case .overloaded, .rolledBack, .readOnly, .full, .timedOut, .unavailable: ledger.noteTrouble(key, isUnknown: false)
    default: ledger.find("\(key): \(error.kind.rawValue): \(error.underlying ?? error.message)")
    }
  }
}
