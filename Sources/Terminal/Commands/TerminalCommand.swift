import ArgumentParser
import Storage

/// A command that does something. What it needs comes as a parameter, since a parsed command holds arguments only.
protocol TerminalCommand: ParsableCommand {
  /// Does it, writing results to the session's console.
  func run(in session: TerminalSession) async throws
}

/// What a command works with.
struct TerminalSession: Sendable {
  let doors: TerminalDoors
  let surroundings: TerminalSurroundings

  var console: Console { surroundings.console }
  var ink: Ink { surroundings.ink }

  /// Lets `work` ask operations, through the running server or the folder, and closes what was opened.
  func withOperations<Result: Sendable>(
    of options: FolderOptions, as command: String, _ work: (any OperationDoor) async throws -> Result
  ) async throws -> Result {
    let doorway = Doorway(
      folder: try surroundings.dataFolder(named: options.data), doors: doors, surroundings: surroundings,
      command: command)
    let door = try await doorway.enter()
    do {
      let result = try await work(door)
      await door.close()
      return result
    } catch {
      await door.close()
      throw error
    }
  }

  /// Lets `work` look into a folder, also beside a running server, and closes it.
  func withFolder<Result: Sendable>(
    of options: FolderOptions, _ work: (any OpenFolder) async throws -> Result
  ) async throws -> Result {
    let folder = try surroundings.dataFolder(named: options.data)
    guard !folder.isNew else {
      throw TerminalError.failed(
        "There is no Arbiter data in \(folder.path). Name another folder with --data, or begin with `arbiter serve`.")
    }
    let open = try await doors.open(folder, .reading)
    do {
      let result = try await work(open)
      await open.close()
      return result
    } catch {
      await open.close()
      throw error
    }
  }
}
