import Storage

/// A promise that was not kept.
package struct ConformanceFailure: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String, file: StaticString = #fileID, line: UInt = #line) {
    self.description = "\(description) (\(file):\(line))"
  }
}

/// Fails the case when `actual` is something else than `expected`.
func expect<Value: Equatable>(
  _ actual: Value, is expected: Value, _ what: String = "the value", file: StaticString = #fileID, line: UInt = #line
) throws {
  guard actual == expected else {
    throw ConformanceFailure("\(what) is \(clipped(actual)), not \(clipped(expected))", file: file, line: line)
  }
}

/// Fails the case when `condition` does not hold.
func expect(_ condition: Bool, _ what: String, file: StaticString = #fileID, line: UInt = #line) throws {
  guard condition else { throw ConformanceFailure("it does not hold that \(what)", file: file, line: line) }
}

/// Runs `body`, which must throw a ``StorageError`` of `kind`, and returns that.
@discardableResult
func expectError<T>(
  _ kind: StorageError.Kind, file: StaticString = #fileID, line: UInt = #line, _ body: () async throws -> T
) async throws -> StorageError {
  do {
    _ = try await body()
  } catch let error as StorageError where error.kind == kind {
    return error
  } catch let failure as ConformanceFailure {
    throw failure
  } catch {
    throw ConformanceFailure("the error is “\(error)”, not one of kind \(kind.rawValue)", file: file, line: line)
  }
  throw ConformanceFailure("nothing was thrown where \(kind.rawValue) was expected", file: file, line: line)
}

/// Runs a synchronous `body`, which must throw a ``StorageError`` of `kind`, and returns that.
@discardableResult
func expectErrorNow<T>(
  _ kind: StorageError.Kind, file: StaticString = #fileID, line: UInt = #line, _ body: () throws -> T
) throws -> StorageError {
  do {
    _ = try body()
  } catch let error as StorageError where error.kind == kind {
    return error
  } catch let failure as ConformanceFailure {
    throw failure
  } catch {
    throw ConformanceFailure("the error is “\(error)”, not one of kind \(kind.rawValue)", file: file, line: line)
  }
  throw ConformanceFailure("nothing was thrown where \(kind.rawValue) was expected", file: file, line: line)
}

private func clipped(_ value: some Any) -> String {
  let text = String(describing: value)
  return text.utf8.count > 200 ? "\(text.prefix(200))… (\(text.utf8.count) bytes)" : text
}
