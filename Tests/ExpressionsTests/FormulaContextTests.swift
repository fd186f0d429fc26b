import Expressions
import Testing

@Suite("Formula context")
struct FormulaContextTests {
  @Test func `nested values are read by dotted names`() throws {
    let context = try FormulaContext(["hp": ["now": 12, "max": 30], "a": ["b": ["c": 0.5]], "ok": true])
    #expect(try Formula(parsing: "hp.max - hp.now").value(in: context) == .integer(18))
    #expect(try Formula(parsing: "a.b.c").value(in: context) == .double(0.5))
    #expect(context.names == ["a.b.c", "hp.max", "hp.now", "ok"])
  }

  @Test(
    arguments: [
      (["__class__": 1], "__class__"), (["a": ["__x": 1]], "a.__x"), (["eval": 1], "eval"), (["exec": 1], "exec"),
      (["import": 1], "import"), (["open": 1], "open"), (["a": ["b": ["file": 1]]], "a.b.file"),
      (["input": 1], "input"), (["__\u{301}class": 1], "__\u{301}class"), (["a": ["__\u{30a}": 1]], "a.__\u{30a}"),
      (["compile": 1], "compile"), (["raw_input": 1], "raw_input"), (["min": 1], "min"), (["sqrt": 1], "sqrt"),
      (["and": 1], "and"), (["a": ["else": 1]], "a.else"), (["": 1], ""), (["a b": 1], "a b"), (["a.b": 1], "a.b"),
      (["1a": 1], "1a"), (["a": .text], "a"), (["a": ["b": .list]], "a.b"), (["x": .null], "x"),
      (["x": .double(.nan)], "x"), (["x": .double(.infinity)], "x"), (["ok": 1, "z": .text, "b": .list], "b"),
    ] as [([String: FormulaContext.Entry], String)])
  func `what a formula must not see refuses the whole context and is named`(
    entries: [String: FormulaContext.Entry], path: String
  ) {
    let error = #expect(throws: FormulaError.self) { try FormulaContext(entries) }
    #expect(error?.kind == .refusedContext)
    #expect(error?.source == path)
    #expect(error?.message.contains("'\(path)'") == true)
  }

  @Test func `each word of the language is refused, and what only looks like one is not`() throws {
    let words = ["and", "or", "not", "if", "else", "true", "True", "false", "False"]
    let forbidden = ["eval", "exec", "import", "open", "file", "input", "compile", "raw_input"]
    for word in words + forbidden + FormulaFunction.allCases.map(\.rawValue) {
      #expect(throws: FormulaError.self, "\(word)") { try FormulaContext([word: 1]) }
      for name in [word + "_", word + "1", "x" + word, String(word.dropLast()) + "é"] {
        #expect(try Formula(parsing: name).value(in: FormulaContext([name: 7])) == .integer(7))
      }
    }
  }

  @Test func `a context is the same however its values lie`() throws {
    #expect(try FormulaContext(["a": 1, "b": ["c": true]])["a"] == FormulaContext(["a": 1])["a"])
    #expect(try FormulaContext(["b": [:], "a": 0.5]) == FormulaContext(["a": 0.5]))
    #expect(try FormulaContext(["a": 1]) != FormulaContext(["a": 1.0]))
  }

  @Test func `a part of a name may be the name of a function`() throws {
    let context = try FormulaContext(["hp": ["max": 30]])
    #expect(try Formula(parsing: "max(hp.max, 3)").value(in: context) == .integer(30))
  }

  @Test func `an unknown name is an error that lists the known ones`() throws {
    let context = try FormulaContext(["level": 1, "hp": ["now": 3]])
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: "1 + levle").value(in: context) }
    #expect(error?.kind == .unknownName)
    #expect(error?.position == 4)
    #expect(error?.message == "'levle' is not known; known are hp.now, level")
  }

  @Test(arguments: [("hp", "name one of them, such as hp.now"), ("hp.now.x", "not known"), ("x", "not known")])
  func `an object and a part of a number are no values`(text: String, message: String) throws {
    let context = try FormulaContext(["hp": ["now": 3]])
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: text).value(in: context) }
    #expect(error?.kind == .unknownName)
    #expect(error?.message.contains(message) == true)
  }

  @Test func `a branch not taken may name what is not there`() throws {
    #expect(try Formula(parsing: "1 if true else nobody").value() == .integer(1))
  }

  @Test func `of several refused keys the first in alphabetical order is named, in every run`() {
    let letters = "abcdefghijklmnopqrstuvwxyz".map { String($0) }
    let refused = Dictionary(uniqueKeysWithValues: letters.map { ($0, FormulaContext.Entry.text) })
    let error = #expect(throws: FormulaError.self) { try FormulaContext(["x": .object(refused), "y": .list]) }
    #expect(error?.source == "x.a")
  }

  /// A value keeps its path. Without a bound, 30 long keys around 10,000 short ones would be 300 MB from 100 KB.
  @Test func `a path is bounded, so that little text does not become much memory`() throws {
    let long = String(repeating: "k", count: FormulaContext.pathBytesMax)
    #expect(try FormulaContext([long: 1]).names == [long])
    for entries: [String: FormulaContext.Entry] in [[long + "k": 1], ["a": [long: 1]], [long: ["a": 1]]] {
      let error = #expect(throws: FormulaError.self) { try FormulaContext(entries) }
      #expect(error?.kind == .refusedContext)
      #expect((error?.source.count ?? .max) <= 64)
    }
  }

  @Test func `an error about a name shows little of what others wrote`() throws {
    let names = (0..<20).map { (String(repeating: "n", count: 500) + "\($0)", FormulaContext.Entry.integer(1)) }
    let context = try FormulaContext(Dictionary(uniqueKeysWithValues: names))
    let error = #expect(throws: FormulaError.self) {
      try Formula(parsing: String(repeating: "x", count: 500)).value(in: context)
    }
    #expect((error?.message.count ?? .max) < 1_200)
    #expect(error?.message.hasSuffix("and 8 more") == true)
  }

  @Test func `an error shows nothing that a terminal would obey`() {
    let error = #expect(throws: FormulaError.self) { try FormulaContext(["a\u{1b}[2J\u{202e}b": 1]) }
    #expect(error?.message.hasPrefix("the key 'a\u{fffd}[2J\u{fffd}b' cannot be used") == true)
  }

  @Test func `nesting and size are bounded`() {
    var entry: FormulaContext.Entry = 1
    for _ in 0..<FormulaContext.depthMax { entry = .object(["a": entry]) }
    #expect(throws: FormulaError.self) { try FormulaContext(["a": entry]) }
    let many = Dictionary(
      uniqueKeysWithValues: (0...FormulaContext.valuesMax).map { ("v\($0)", 1 as FormulaContext.Entry) })
    #expect(throws: FormulaError.self) { try FormulaContext(many) }
  }
}
