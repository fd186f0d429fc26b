import ArgumentParser

/// Which data folder.
struct FolderOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data folder.",
      discussion: "Else ARBITER_DATA, else $XDG_DATA_HOME/arbiter, else ~/.local/share/arbiter.", valueName: "folder"))
  var data: String?

  mutating func validate() throws {
    if data?.isEmpty == true { throw ValidationError("--data is empty. Leave it out for the standard folder.") }
  }
}

/// How results are written.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Write one JSON document to standard output.")
  var json = false
}
