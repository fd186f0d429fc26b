import Operations
import Storage
import StrictJSON
import Synchronization

@testable import Terminal

/// A program with fake doors around a scratch folder, and what came of running it.
struct Bench: Sendable {
  let scratch: ScratchFolder
  let folder: FakeFolder
  let recorded: RecordedConsole
  let opened = Box<[FolderAccess]>([])
  let served = Box<[ServeOptions]>([])
  let pauses = Box(0)
  var environment: [String: String] = [:]
  /// Runs at each pause, so that a test can let the world change while a command waits.
  var onPause: @Sendable (Int) -> Void = { _ in }
  var interrupts: @Sendable () -> AsyncStream<Void> = { AsyncStream { $0.finish() } }
  var onOpen: @Sendable () throws -> Void = {}
  var diagnosis = Diagnosis(findings: [], settings: [])
  var rollBack: @Sendable (DataFolder, Int64?) async throws -> DatabaseRollback = { folder, _ in
    DatabaseRollback(restored: folder.database, setAside: "\(folder.database).before", discarded: 0)
  }

  init(
    _ script: FakeFolder.Script = .init(), terminals: Set<Console.Stream> = [], input: [UInt8] = [],
    pace: Int = .max, typed: [UInt8]? = nil
  ) throws {
    scratch = try ScratchFolder().filled()
    folder = FakeFolder(script)
    recorded = RecordedConsole(terminals: terminals, input: input, pace: pace, typed: typed)
  }

  var output: String { recorded.output }
  var diagnostics: String { recorded.diagnostics }
  var document: JSON { get throws { try JSON(parsing: recorded.output) } }

  var surroundings: TerminalSurroundings {
    TerminalSurroundings(
      environment: environment.merging(["ARBITER_DATA": scratch.path]) { given, _ in given },
      workingFolder: scratch.path, homeFolder: "/home/ada", console: recorded.console,
      pause: { [pauses, onPause] _ in onPause(pauses.change { $0 += 1 }) }, makeKey: { "fresh-key" },
      interrupts: interrupts)
  }

  var doors: TerminalDoors {
    TerminalDoors(
      version: "1.2.3",
      operations: { [try .fake("roll_dice", .change), try .fake("list_journal", .read)] },
      sampleCampaign: { ["id": "sample", "name": "The Sample"] },
      serve: { [served] options in served.change { $0.append(options) } },
      open: { [opened, folder, onOpen] _, access in
        opened.change { $0.append(access) }
        try onOpen()
        return folder
      },
      rehearse: { [opened, folder] _, _ in
        opened.change { $0.append(.writing(command: "copy")) }
        return folder
      },
      rollBack: rollBack, diagnose: { [diagnosis] _, _ in diagnosis })
  }

  func run(_ arguments: String...) async -> ExitStatus { await run(arguments) }

  func run(_ arguments: [String]) async -> ExitStatus {
    await TerminalProgram(doors: doors, surroundings: surroundings).run(arguments)
  }
}

/// A value that several tasks may change.
final class Box<Value: Sendable>: Sendable {
  private let content: Mutex<Value>

  init(_ value: Value) { content = Mutex(value) }

  var value: Value { content.withLock { $0 } }

  @discardableResult func change(_ body: (inout Value) -> Void) -> Value {
    content.withLock { value in
      body(&value)
      return value
    }
  }
}
