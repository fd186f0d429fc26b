import StrictJSON
import Testing

@Suite struct JSONTests {
  @Test func `an integer equals the number that is written the same`() {
    #expect(JSON.integer(3) == .number(3))
    #expect(JSON.number(-0.0) == .integer(0))
    #expect(JSON.integer(9_007_199_254_740_993) != .number(9_007_199_254_740_992))
    #expect(JSON.integer(1_234_567_890_123_456_800) == .number(1_234_567_890_123_456_768))
    #expect(JSON.integer(1) != .bool(true))
    #expect(JSON.integer(.max) != .number(0x1p63))
  }

  @Test func `strings and keys are compared by bytes, not by Unicode equivalence`() {
    #expect(JSON.string("é") != .string("e\u{301}"))
    #expect(JSON.string("a\u{301}\u{323}") != .string("a\u{323}\u{301}"))
    #expect((["é": 1] as JSON)["e\u{301}"] == nil)
  }

  @Test func `the order of members does not matter`() {
    let left: JSON = ["a": 1, "b": [2]]
    let right: JSON = ["b": [2], "a": 1]
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left != ["a": 1, "b": [3]])
    #expect(left != ["a": 1, "c": [2]])
    #expect([1, 2] as JSON != [2, 1])
  }

  @Test func `accessors give what there is and nil otherwise`() {
    let value: JSON = ["a": [1, 2.5, "x", true, .null]]
    #expect(value["a"]?[0]?.int64 == 1)
    #expect(value["a"]?[0]?.double == 1)
    #expect(value["a"]?[1]?.int64 == nil)
    #expect(value["a"]?[2]?.text == "x")
    #expect(value["a"]?[3]?.flag == true)
    #expect(value["a"]?[4]?.isNull == true)
    #expect(value["a"]?[5] == nil)
    #expect(value["a"]?[-1] == nil)
    #expect(value["b"] == nil)
    #expect(value[0] == nil)
    #expect(value["a"]?["a"] == nil)
  }

  @Test func `a pointer leads to a value or nowhere`() throws {
    let value: JSON = ["a/b": ["~": [10, 20]]]
    #expect(value[try #require(JSONPointer("/a~1b/~0/1"))] == 20)
    #expect(value[.root] == value)
    for nowhere in ["/a", "/a~1b/~0/2", "/a~1b/~0/01", "/a~1b/~0/-", "/a~1b/~0/+1", "/a~1b/~0/1/x"] {
      #expect(value[try #require(JSONPointer(nowhere))] == nil)
    }
  }
}

@Suite struct JSONPointerTests {
  @Test func `keys are escaped`() {
    let pointer = JSONPointer.root.appending("a/b").appending(0).appending("~1").appending("")
    #expect(pointer.description == "/a~1b/0/~01/")
    #expect(pointer.tokens == ["a/b", "0", "~1", ""])
  }

  @Test(arguments: ["a", "/~", "/~2", "/a~", " "]) func `a text that is no pointer is refused`(_ text: String) {
    #expect(JSONPointer(text) == nil)
  }

  @Test func `the root has no tokens`() { #expect(JSONPointer("")?.tokens == []) }
}

@Suite struct JSONObjectTests {
  private func object(_ count: Int) -> JSONObject {
    JSONObject(distinct: (0..<count).map { ("key\($0)", .integer(Int64($0))) })
  }

  @Test(arguments: [0, 1, 16, 17, 18, 1_000]) func `every member is found, whatever their number`(_ count: Int) {
    let object = object(count)
    #expect(object.count == count)
    #expect((0..<count).allSatisfy { object["key\($0)"] == .integer(Int64($0)) })
    #expect(object["key\(count)"] == nil)
    #expect(object.keys == (0..<count).map { "key\($0)" })
  }

  @Test(arguments: [3, 17, 40]) func `a replaced member keeps its place and a removed one leaves none`(_ count: Int) {
    var object = object(count)
    object["key1"] = "new"
    #expect(object[1].key == "key1")
    #expect(object["key1"] == "new")
    object["key0"] = nil
    #expect(object.count == count - 1)
    #expect(object["key0"] == nil)
    #expect(object["key\(count - 1)"] == .integer(Int64(count - 1)))
    object["key0"] = 7
    #expect(object.keys.last == "key0")
    object["nothing"] = nil
    #expect(object.count == count)
  }

  @Test func `a key is inserted once`() {
    var object = object(2)
    let isNew = (object.insert("key2", 9), object.insert("key1", 9))
    #expect(isNew == (true, false))
    #expect(object["key1"] == 1)
    #expect(object["key1"] == 1 && object.count == 3)
  }

  @Test func `a key given twice in the program is a mistake`() async {
    await #expect(processExitsWith: .failure) { _ = JSONObject(distinct: [("a", 1), ("a", 2)]) }
  }
}
