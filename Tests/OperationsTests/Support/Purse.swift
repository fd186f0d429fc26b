import Dice
import Operations
import Storage
import StrictJSON
import Vocabulary

/// A feature for tests: a purse that coins go into and come out of.
enum Purse {
  static func operations() -> OperationSet {
    OperationSet(
      changes: [Deposit(), Withdraw(), Toss()], reads: [], stateTables: [StateTable("purses", key: ["owner"])],
      routes: [],
      migrations: [
        Migration(
          module: "purse", number: 1, name: "create purses",
          statements: [
            """
            CREATE TABLE purses (
              workspace BLOB NOT NULL, owner TEXT NOT NULL, coins BIGINT NOT NULL, PRIMARY KEY (workspace, owner))
            """
          ])
      ])
  }

  static func coins(in transaction: any ReadTransaction) throws -> Int64 {
    try transaction.value("SELECT coins FROM purses WHERE workspace = \(transaction.workspace) AND owner = 'ines'") ?? 0
  }

  static func set(_ change: PurseChange, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO purses (workspace, owner, coins) VALUES (\(transaction.workspace), 'ines', \(change.after))
      ON CONFLICT (workspace, owner) DO UPDATE SET coins = excluded.coins
      """)
  }
}

struct PurseChange: StateChange {
  let before: Int64
  let after: Int64
  var touches: [StateKey] { [StateKey("purses/ines")] }
  var inverse: PurseChange? { PurseChange(before: after, after: before) }
}

struct PurseInput: Codable, Sendable, SchemaDescribed {
  let amount: Int64
  static var schemaDescription: SchemaDescription {
    SchemaDescription("Coins", properties: ["amount": .init("How many.", .integers(1...1_000_000))])
  }
}

struct PurseOutput: Codable, Sendable { let coins: Int64 }

struct Deposit: OperationDefinition {
  static let name = "deposit"
  static let version = 1
  static let permission = Permission("purse.change", from: .editor)
  static let about = OperationAbout("Deposit", "Puts coins into the purse.", example: PurseInput(amount: 3))
  static let references = [ResultReference("amount", from: ["roll_dice": ["total"]])]

  func decide(_ input: PurseInput, _ context: inout OperationContext) throws -> Decision<PurseOutput, PurseChange> {
    let before = try Purse.coins(in: context.state)
    let after = before + input.amount
    return Decision(
      output: PurseOutput(coins: after), changes: [PurseChange(before: before, after: after)],
      summary: "\(after) coins",
      display: OperationDisplay(.resource, "\(after) coins", compact: "+\(input.amount)"))
  }

  func apply(_ change: PurseChange, in transaction: any Transaction) throws { try Purse.set(change, in: transaction) }
}

/// Tosses coins and tells nothing of them: draws cost little where nobody writes down what fell.
struct Toss: OperationDefinition {
  static let name = "toss"
  static let version = 1
  static let permission = Permission("purse.change", from: .editor)
  static let about = OperationAbout("Toss", "Tosses so many coins.", example: PurseInput(amount: 3))

  func decide(_ input: PurseInput, _ context: inout OperationContext) throws -> Decision<PurseOutput, PurseChange> {
    try context.roll { source in
      for _ in 0..<input.amount { _ = try source.draw(sides: 2) }
    }
    let coins = try Purse.coins(in: context.state)
    return Decision(
      output: PurseOutput(coins: coins), changes: [], summary: "\(input.amount) tossed",
      display: OperationDisplay(.resource, "Tossed", compact: "\(input.amount)"))
  }

  func apply(_ change: PurseChange, in transaction: any Transaction) throws { try Purse.set(change, in: transaction) }
}

struct Withdraw: OperationDefinition {
  static let name = "withdraw"
  static let version = 1
  static let permission = Permission("purse.change", from: .editor)
  static let about = OperationAbout("Withdraw", "Takes coins out of the purse.", example: PurseInput(amount: 3))
  static let references = [ResultReference("amount", from: ["roll_dice": ["total"], "deposit": ["coins"]])]

  func decide(_ input: PurseInput, _ context: inout OperationContext) throws -> Decision<PurseOutput, PurseChange> {
    let before = try Purse.coins(in: context.state)
    guard before >= input.amount else {
      throw OperationError.invalid("/amount", "insufficient", "There are \(before) coins; \(input.amount) are wanted.")
    }
    let after = before - input.amount
    return Decision(
      output: PurseOutput(coins: after), changes: [PurseChange(before: before, after: after)],
      summary: "\(after) coins left")
  }

  func apply(_ change: PurseChange, in transaction: any Transaction) throws { try Purse.set(change, in: transaction) }
}
