/// Runs libFuzzer (<https://llvm.org/docs/LibFuzzer.html>) over one function.
///
/// SwiftPM renames an executable's `main` to `<target>_main`, so each program has a function of that name which calls
/// ``run(_:_:_:)``. Found inputs are kept by `bin/check --fuzz`; one that is worth it goes into the program's `corpus`.
package enum Fuzzing {
  /// What libFuzzer calls with each input: its bytes, nil when there are none, and their number.
  package typealias Test = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  package typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// Hands the command line to libFuzzer and returns its exit status.
  package static func run(_ count: CInt, _ arguments: Arguments, _ test: Test) -> CInt {
    var count = count
    var arguments = arguments
    return withUnsafeMutablePointer(to: &count) { count in
      withUnsafeMutablePointer(to: &arguments) { runDriver(count, $0, test) }
    }
  }

  package static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
  }

  /// The input as text; nil when it is not UTF-8.
  package static func text(_ start: UnsafePointer<UInt8>?, _ count: Int) -> String? {
    String(validating: bytes(start, count), as: UTF8.self)
  }

  /// Stops the program, so that libFuzzer keeps the input.
  package static func demand(_ condition: Bool, _ broken: @autoclosure () -> String) {
    precondition(condition, broken())
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Fuzzing.Arguments>, _ test: Fuzzing.Test
) -> CInt

/// Never called: the `main` in libFuzzer's archive, which ours stands in for, asks for the name when it is linked.
@_cdecl("LLVMFuzzerTestOneInput")
func unusedTest(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt { -1 }
