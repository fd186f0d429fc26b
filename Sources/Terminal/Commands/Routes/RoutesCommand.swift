import ArgumentParser

/// The group of commands about the names for models that are asked in order.
struct RoutesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "routes", abstract: "Names for models that are asked in order until one answers.",
    subcommands: [ListRoutesCommand.self, SetRouteCommand.self, RemoveRouteCommand.self, AssignRouteCommand.self])
}
