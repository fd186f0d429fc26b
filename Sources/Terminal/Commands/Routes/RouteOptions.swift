import ArgumentParser
import StrictJSON

/// How patiently a route asks, and what it keeps. What is left out is as the server has it.
struct RouteOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Until there is a connection.", valueName: "seconds"))
  var connectSeconds: Int64?

  @Option(name: .long, help: ArgumentHelp("Until the first piece of an answer.", valueName: "seconds"))
  var firstPieceSeconds: Int64?

  @Option(name: .long, help: ArgumentHelp("How long a model may be silent between two pieces.", valueName: "seconds"))
  var silenceSeconds: Int64?

  @Option(name: .long, help: ArgumentHelp("For all of an answer, over all attempts.", valueName: "seconds"))
  var wholeSeconds: Int64?

  @Option(name: .long, help: ArgumentHelp("How often one model is asked again.", valueName: "times"))
  var retries: Int64?

  @Flag(name: .long, help: "Have a model go on with an answer that broke off after a part of it was read.")
  var goesOn = false

  @Option(
    name: .long,
    help: ArgumentHelp("The most tokens of an answer, where the caller sets no bound.", valueName: "tokens"))
  var outputTokensMax: Int64?

  @Option(name: .long, help: ArgumentHelp("How long an answer is given again; left out: never.", valueName: "seconds"))
  var cacheSeconds: Int64?

  /// The fields of `set_route` that were given.
  var fields: JSONObject {
    var fields: JSONObject = [:]
    let numbers = [
      connectSeconds, firstPieceSeconds, silenceSeconds, wholeSeconds, retries, outputTokensMax, cacheSeconds,
    ]
    for (name, number) in zip(Self.numbers, numbers) { fields[name] = number.map { .integer($0) } }
    if goesOn { fields["goesOn"] = true }
    return fields
  }

  /// The fields of a route as options: `--retries 0 --goes-on`.
  static func written(_ route: JSON?) -> String {
    var words = numbers.compactMap { name in route?[name]?.int64.map { "--\(option(name)) \($0)" } }
    if route?["goesOn"] == true { words.append("--goes-on") }
    return words.joined(separator: " ")
  }

  private static let numbers = [
    "connectSeconds", "firstPieceSeconds", "silenceSeconds", "wholeSeconds", "retries", "outputTokensMax",
    "cacheSeconds",
  ]

  /// `first-piece-seconds` for `firstPieceSeconds`, as the parser of arguments has it.
  private static func option(_ name: String) -> String {
    name.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
  }
}
