import ArgumentParser
import StrictJSON

struct RollBackDatabaseCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Put back the copy that the last migration made first, for going back to an older Arbiter.",
    discussion: """
      Refused while a server runs, and when rows were written since, unless --discard names their number. The database \
      that the copy takes the place of is set aside, not removed.

      Example: arbiter database rollback --discard 3
      """)

  @Option(name: .long, help: ArgumentHelp("Lose this many rows, no more and no fewer.", valueName: "number"))
  var discard: Int64?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if let discard, discard < 1 { throw ValidationError("--discard is \(discard); it is a number of rows from 1.") }
  }

  func run(in session: TerminalSession) async throws {
    let folder = try session.surroundings.dataFolder(named: folder.data)
    let result = try await session.doors.rollBack(folder, discard)
    guard !output.json else { return try session.console.say(try JSON(encoding: result)) }
    let lost = result.discarded == 0 ? "Nothing was lost." : "\(result.discarded) rows are not in it."
    let (restored, setAside) = (PlainText.line(result.restored), PlainText.line(result.setAside))
    try session.console.say("\(restored) is the database again. \(lost) The one before is \(setAside).")
    guard result.discarded > 0 else { return }
    try session.console.say(
      "Draws that were made since would come again from the same seed. Before anybody rolls: arbiter perform rotate_seed"
    )
  }
}
