import Dice
import Foundation
import Testing

@Suite("Draw sources")
struct DrawSourceTests {
  @Test func `a tape gives its faces in order and then ends`() throws {
    var tape = TapeDraws(faces: [3, 6])
    #expect(try tape.draw(sides: 6) == 3)
    #expect(tape.remaining == 1)
    #expect(try tape.draw(sides: 6) == 6)
    let error = #expect(throws: DrawError.self) { try tape.draw(sides: 6) }
    #expect(error?.kind == .tapeEnded)
    #expect(error?.message == "the tape holds 2 faces and the roll asks for more")
  }

  @Test(arguments: [0, 7, UInt32.max])
  func `a tape refuses a face that the die does not have`(face: UInt32) {
    var tape = TapeDraws(faces: [face])
    let error = #expect(throws: DrawError.self) { try tape.draw(sides: 6) }
    #expect(error?.kind == .faceOutOfRange)
  }

  @Test func `a replay refuses another die than was recorded`() throws {
    var tape = TapeDraws(replaying: [Draw(sides: 6, face: 2), Draw(sides: 20, face: 2)])
    #expect(try tape.draw(sides: 6) == 2)
    let error = #expect(throws: DrawError.self) { try tape.draw(sides: 6) }
    #expect(error?.kind == .sidesDiffer)
    #expect(error?.message == "draw 1 was recorded from a d20, but the roll asks for a d6")
  }

  @Test func `a recording notes sides and faces and only what was drawn`() throws {
    var recording = RecordingDraws(TapeDraws(faces: [4, 17]))
    _ = try recording.draw(sides: 6)
    _ = try recording.draw(sides: 20)
    #expect(throws: DrawError.self) { try recording.draw(sides: 6) }
    #expect(recording.draws == [Draw(sides: 6, face: 4), Draw(sides: 20, face: 17)])
  }

  @Test func `a draw is a pair in JSON`() throws {
    let draws = [Draw(sides: 6, face: 4), Draw(sides: 20, face: 17)]
    let data = try JSONEncoder().encode(draws)
    #expect(String(decoding: data, as: UTF8.self) == "[[6,4],[20,17]]")
    #expect(try JSONDecoder().decode([Draw].self, from: data) == draws)
  }

  @Test(arguments: ["[6]", "[6,7]", "[6,0]", "[6,4,1]", "[0,0]", "[-6,1]", "{}", "[6,1.5]"])
  func `what is not a draw is refused`(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Draw.self, from: Data(json.utf8)) }
  }

  @Test func `a source that returns an impossible face is found out`() throws {
    struct Broken: DrawSource {
      func draw(sides: UInt32) -> UInt32 { sides + 1 }
    }
    var broken = Broken()
    let roll = try DiceExpression(parsing: "1 + 2d6").bind()
    let error = #expect(throws: DiceError.self) { try roll.roll(using: &broken) }
    #expect(error?.kind == .invalidDraw)
    #expect(error?.position == 4)
  }
}
