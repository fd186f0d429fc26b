import Foundation

/// The Python packages: a program of their own, asked and answered in JSON.
struct DicePeers {
  let python: String
  let script: String

  struct Question: Encodable {
    /// For each kind of work, about.
    let seconds: Double
    let hot: [String]
    let cold: [String]
    let formulas: [String]
    let odds: [String]
    /// What the formulas read.
    let numbers: [String: Int]
    let booleans: [String: Bool]
  }

  struct Answer: Decodable {
    let versions: [String: String]
    /// CPU time by the name of the work.
    let nanoseconds: [String: Double]
    /// Which of its forms was icepool's fastest.
    let forms: [String: String]
    let values: [String: Double]
    /// Counts by total.
    let odds: [String: [String: String]]
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  func ask(_ question: Question) throws -> Answer {
    let process = Process()
    let (asked, answered) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: python)
    process.arguments = [script]
    process.standardInput = asked
    process.standardOutput = answered
    try process.run()
    asked.fileHandleForWriting.write(try JSONEncoder().encode(question))
    try asked.fileHandleForWriting.close()
    let answer = answered.fileHandleForReading.readDataToEndOfFile()
    // `waitUntilExit` now and then misses the end (Swift 6.3 on Linux).
    while process.isRunning { Thread.sleep(forTimeInterval: 0.001) }
    guard process.terminationStatus == 0 else {
      throw Failed(description: "\(script) ended with status \(process.terminationStatus)")
    }
    return try JSONDecoder().decode(Answer.self, from: answer)
  }
}
