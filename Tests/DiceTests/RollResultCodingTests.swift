import Dice
import Expressions
import Foundation
import Testing

@Suite("Roll results in JSON")
struct RollResultCodingTests {
  private func json(_ text: String, _ faces: [UInt32]) throws -> String {
    var tape = TapeDraws(faces: faces)
    let context = try FormulaContext(["level": 3])
    let result = try DiceExpression(parsing: text).bind(to: context).roll(using: &tape)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(result)
    let decoded = try JSONDecoder().decode(RollResult.self, from: data)
    #expect(decoded == result)
    #expect(decoded.hashValue == result.hashValue)
    #expect(try encoder.encode(decoded) == data)
    return String(decoding: data, as: UTF8.self)
  }

  @Test func `dice have the shape the page reads`() throws {
    #expect(
      try json("2d6kh1[fire]", [4, 6]) == """
        {"critical":null,"dice":2,"expression":"2d6kh1[fire]","root":{"annotations":["fire"],"dice":[\
        {"draws":[0],"faces":[4],"sides":6,"state":"dropped","value":4,"why":"kh1"},\
        {"draws":[1],"faces":[6],"sides":6,"state":"kept","value":6,"why":null}],\
        "formulas":[],"kind":"dice","notation":"2d6kh1","sides":6,"value":6},\
        "spoken":"Total 6: 2d6 keeping the highest 1 fire shows 6 and drops 4.",\
        "text":"2d6kh1[fire] (~4~, 6) = 6","total":6,"totalsByAnnotation":{"fire":6}}
        """)
  }

  @Test func `every kind of node has the shape the page reads`() throws {
    let text = try json("-(1.5 * 3) + {level*1.5} - {level}d20", [7, 7, 7])
    for part in [
      #""kind":"unary","operand":{"annotations":[],"kind":"group","operand":{"#,
      #""kind":"binary","left":{"annotations":[],"kind":"number","value":1.5},"operator":"*","#,
      #""right":{"annotations":[],"kind":"number","value":3},"value":4.5"#,
      #"{"annotations":[],"exact":4.5,"kind":"formula","source":"level*1.5","value":4}"#,
      #""formulas":[{"exact":null,"source":"level","value":3}],"kind":"dice","notation":"3d20""#,
      #""operator":"-","value":-4.5}"#, #""total":-21"#,
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }

  @Test(
    arguments: [([], []), ([4], [0]), ([4], []), ([], [0]), ([4, 2], [0]), ([4, 2], [0, 1])] as [([Int64], [Int])])
  func `a die has the faces and draws it was given, also after its JSON`(faces: [Int64], draws: [Int]) throws {
    let die = RolledDie(sides: 6, faces: faces, draws: draws, value: 4, state: .kept, why: nil)
    let decoded = try JSONDecoder().decode(RolledDie.self, from: JSONEncoder().encode(die))
    for die in [die, decoded] {
      #expect(die.faces == faces)
      #expect(die.draws == draws)
    }
    #expect(decoded == die)
    #expect(decoded.hashValue == die.hashValue)
  }

  @Test func `what is critical is a word`() throws {
    #expect(try json("1d20", [20]).hasPrefix(#"{"critical":"success","#))
    #expect(try json("1d20", [1]).hasPrefix(#"{"critical":"failure","#))
  }

  @Test func `large and small numbers come back as they were`() throws {
    _ = try json("9223372036854775807", [])
    _ = try json("0 - 9223372036854775807 - 1", [])
    _ = try json("0.000000000000001 * 0.1", [])
    _ = try json("99999999999999.5 * 10000 // 1", [])
  }

  @Test func `an old result keeps its words`() throws {
    let old = """
      {"total":6,"expression":"1d6","text":"six!","spoken":"a six","critical":null,"totalsByAnnotation":{"old":1},\
      "dice":1,"root":{"kind":"number","value":6,"annotations":[]}}
      """
    let result = try JSONDecoder().decode(RollResult.self, from: Data(old.utf8))
    #expect(result.text == "six!")
    #expect(result.spoken == "a six")
    #expect(result.totalsByAnnotation == ["old": 1])
  }

  @Test(arguments: [
    "{}", #"{"total":1.5}"#, #"{"kind":"die","value":1,"annotations":[]}"#, #"{"kind":"number","annotations":[]}"#,
    #"{"kind":"binary","operator":"+","value":1,"annotations":[]}"#,
    #"{"kind":"dice","notation":"1d6","sides":-6,"value":1,"annotations":[],"dice":[],"formulas":[]}"#,
  ])
  func `what is not a node is refused`(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(RollNode.self, from: Data(json.utf8)) }
  }
}
