import Server
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

let program = TerminalProgram(doors: .arbiter, surroundings: .process())
exit(await program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
