import Dice
import Expressions
import StrictJSON

/// What a line of a batch of rolls gives.
enum RollAnswer {
  case rolled(RollResult, faces: [Int64])
  case error(BatchError)

  /// The answer to a line as it came.
  static func answer(_ line: InputLines.Line, _ dialect: DiceDialect) -> RollAnswer {
    guard case .bytes(let bytes) = line else { return .error(.tooLong) }
    do throws(JSONFault) {
      return answer(try JSON(parsing: bytes), dialect)
    } catch {
      return .error(BatchError(error.errors[0]))
    }
  }

  private static func answer(_ line: JSON, _ dialect: DiceDialect) -> RollAnswer {
    guard let members = line.members else { return .error(BatchError("", "wrong_type", "The line must be an object.")) }
    guard let expression = members["expr"] else {
      return .error(BatchError("/expr", "missing", "There must be an expression."))
    }
    guard let text = expression.text else {
      return .error(BatchError("/expr", "wrong_type", "The expression must be a string."))
    }
    let numbers = members["tape"]?.items?.map(\.int64) ?? []
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 ?? -1 >= 0 }) else {
      return .error(
        BatchError(
          "/tape", "wrong_type", "The tape must be an array of whole numbers, at least one, none of them negative."))
    }
    var tape = NumberTape(numbers.compactMap { $0 })
    do {
      let result = try DiceExpression(parsing: text, dialect: dialect).bind().roll(using: &tape)
      return .rolled(result, faces: result.root.drawnFaces)
    } catch let error as DiceError {
      return .error(BatchError(code: error.kind.rawValue, message: error.message, position: error.position))
    } catch {
      return .error(BatchError("", "failed", "\(error)"))
    }
  }

  /// One line of JSON, without its end.
  var text: String {
    switch self {
    case .error(let error): return error.text
    case .rolled(let result, let faces):
      let critical: Int64 =
        switch result.critical {
        case .success: 1
        case .failure: 2
        case nil: 0
        }
      let document: JSON = [
        "total": .integer(result.total), "float": .number(result.root.value.asDouble), "crit": .integer(critical),
        "draws": .array(faces.map { .integer($0) }),
      ]
      return document.canonicalText()
    }
  }
}

/// Numbers instead of a generator: a face is the next one modulo the sides, plus one.
private struct NumberTape: DrawSource {
  private let numbers: [Int64]
  private var index = 0

  /// - Parameter numbers: at least one, none of them negative.
  init(_ numbers: [Int64]) { self.numbers = numbers }

  mutating func draw(sides: UInt32) throws -> UInt32 {
    defer { index = (index + 1) % numbers.count }
    return UInt32(clamping: numbers[index] % Int64(max(sides, 1))) + 1
  }
}

extension RollNode {
  /// Every face, in the order of the draws.
  fileprivate var drawnFaces: [Int64] { draws.sorted { $0.number < $1.number }.map(\.face) }

  private var draws: [(number: Int, face: Int64)] {
    var draws = children.flatMap(\.draws)
    if case .dice(_, _, let dice, _) = kind {
      for die in dice { draws += zip(die.draws, die.faces).map { ($0, $1) } }
    }
    return draws
  }
}
