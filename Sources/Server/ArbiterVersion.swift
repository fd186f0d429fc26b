#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which Arbiter this is.
package enum ArbiterVersion {
  package static let current = "0.1.0"
}

/// This process's number.
func getProcess() -> Int32 { getpid() }
