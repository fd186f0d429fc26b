import Storage

extension TerminalSurroundings {
  /// The folder that was named, else that of `ARBITER_DATA`, else `arbiter` among the account's data: in `XDG_DATA_HOME`
  /// (XDG Base Directory 0.8; a relative one does not count), else in `~/.local/share`.
  ///
  /// - Throws: ``TerminalError`` of usage when neither a folder nor a home is known.
  func dataFolder(named name: String?) throws -> DataFolder {
    if let name { return DataFolder(path: absolute(name)) }
    if let name = variable("ARBITER_DATA") { return DataFolder(path: absolute(name)) }
    if let data = variable("XDG_DATA_HOME"), data.hasPrefix("/") { return DataFolder(path: "\(data)/arbiter") }
    guard let home = variable("HOME") ?? homeFolder, home.hasPrefix("/") else {
      throw TerminalError.usage("No data folder is known: HOME is not set. Name one with --data or ARBITER_DATA.")
    }
    return DataFolder(path: "\(home == "/" ? "" : home)/.local/share/arbiter")
  }
}
