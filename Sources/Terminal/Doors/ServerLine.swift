import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Operations
import Storage
import StrictJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The HTTP connection to the server that holds a folder. Never followed elsewhere, never proxied, never retried.
struct ServerLine: Sendable {
  /// How long, and how much.
  struct Limits: Sendable {
    var connect = Duration.seconds(2)
    /// From the request's first byte to the answer's last.
    var total = Duration.seconds(30)
    /// An answer that comes line by line, while a model speaks.
    var answerTime = Duration.seconds(900)
    /// Bytes of an answer.
    var answerMax = 8 << 20
  }

  struct Reply: Sendable {
    let body: JSON
    let isRepeated: Bool
  }

  private let holder: FolderHolder
  private let address: LoopbackAddress
  private let token: TerminalToken
  private let limits: Limits
  private let configuration: HTTPClient.Configuration
  private let client: HTTPClient

  init(to holder: FolderHolder, at address: LoopbackAddress, token: TerminalToken, limits: Limits = Limits()) {
    self.holder = holder
    self.address = address
    self.token = token
    self.limits = limits
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = TimeAmount(limits.connect)
    configuration.timeout.read = TimeAmount(limits.total)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    self.configuration = configuration
    client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
  }

  func close() async { try? await client.shutdown() }

  /// Posts a document.
  ///
  /// - Parameter key: makes asking again safe; nil for what does nothing.
  /// - Throws: ``ServerProblem`` when the server refuses; ``TerminalError`` when it does not answer, and then whether
  ///   something may have happened.
  func post(_ path: String, _ body: JSON, key: IdempotencyKey?) async throws -> Reply {
    var request = request(.POST, path)
    request.headers.add(name: "Content-Type", value: "application/json")
    if let key { request.headers.add(name: "Idempotency-Key", value: key.structuredText) }
    request.body = .bytes(ByteBuffer(bytes: body.canonicalBytes()))
    return try await reply(to: request, key: key)
  }

  /// Asks for a document.
  ///
  /// - Throws: as ``post(_:_:key:)``.
  func get(_ path: String) async throws -> Reply { try await reply(to: request(.GET, path), key: nil) }

  /// Posts a document, and takes the answer line by line as it comes: each is a document.
  ///
  /// - Throws: as ``post(_:_:key:)``; what `take` throws.
  func lines(from path: String, _ body: JSON, _ take: (JSON) async throws -> Void) async throws {
    var request = request(.POST, path)
    request.headers.add(name: "Content-Type", value: "application/json")
    request.body = .bytes(ByteBuffer(bytes: body.canonicalBytes()))
    var configuration = configuration
    configuration.timeout.read = TimeAmount(limits.answerTime)
    let client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    do {
      try await read(request, over: client, take)
    } catch {
      try? await client.shutdown()
      throw error
    }
    try? await client.shutdown()
  }

  private func read(
    _ request: HTTPClientRequest, over client: HTTPClient, _ take: (JSON) async throws -> Void
  ) async throws {
    do {
      let response = try await client.execute(request, timeout: TimeAmount(limits.answerTime))
      guard (200..<300).contains(response.status.code) else {
        let bytes = try await response.body.collect(upTo: limits.answerMax)
        throw ServerProblem(status: Int(response.status.code), body: Array(buffer: bytes))
      }
      var lines = AnswerLines(lineMax: limits.answerMax)
      for try await buffer in response.body {
        for line in try lines.add(buffer.readableBytesView) { try await take(try document(line)) }
      }
    } catch let error as HTTPClientError {
      throw Self.nobodyAnswered(error) ? silent() : cutOff(error, nil)
    } catch let error as IOError {
      throw Self.nobodyAnswered(error) ? silent() : cutOff(error, nil)
    }
  }

  private func document(_ bytes: [UInt8]) throws -> JSON {
    do {
      return try JSON(
        parsing: bytes, limits: JSONLimits(bytes: limits.answerMax, items: 1_000_000, stringBytes: limits.answerMax))
    } catch {
      throw misunderstood(error.description)
    }
  }

  private func request(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: "\(address)\(path)")
    request.method = method
    request.headers.add(name: "Authorization", value: "Bearer \(token.secret)")
    request.headers.add(name: "Accept", value: "application/json, application/problem+json")
    return request
  }

  private func reply(to request: HTTPClientRequest, key: IdempotencyKey?) async throws -> Reply {
    let (head, bytes) = try await exchange(request, key: key)
    guard (200..<300).contains(head.status.code) else {
      throw ServerProblem(status: Int(head.status.code), body: bytes)
    }
    return Reply(
      body: try document(bytes), isRepeated: head.headers.first(name: "Idempotency-Replayed") == "true")
  }

  /// Reads a part of an answer.
  func decode<Value: Decodable>(_ value: JSON) throws -> Value {
    do { return try value.decode(Value.self) } catch { throw misunderstood(error.description) }
  }

  func misunderstood(_ what: String) -> TerminalError {
    .failed(
      "What the server at \(address) (process \(holder.process), version \(holder.version)) answered cannot be "
        + "understood: \(what). It may be another version than this program.")
  }

  private func exchange(
    _ request: HTTPClientRequest, key: IdempotencyKey?
  ) async throws -> (HTTPClientResponse, [UInt8]) {
    do {
      return try await within(limits.total) { [client, limits] in
        let response = try await client.execute(request, timeout: TimeAmount(limits.total))
        let body = try await response.body.collect(upTo: limits.answerMax)
        return (response, Array(buffer: body))
      }
    } catch let error as CancellationError {
      throw error
    } catch  where Self.nobodyAnswered(error) {
      throw silent()
    } catch is NIOTooManyBytesError {
      throw TerminalError.failed(
        "The server at \(address) answered with more than \(limits.answerMax) bytes, which is all that is read.")
    } catch {
      throw cutOff(error, key)
    }
  }

  /// Whether there never was a connection, so that nothing can have been sent.
  private static func nobodyAnswered(_ error: any Error) -> Bool {
    switch error {
    case let error as HTTPClientError: error == .connectTimeout
    case ChannelError.connectTimeout: true
    case let error as IOError: error.errnoCode == ECONNREFUSED
    default: false
    }
  }

  private func silent() -> TerminalError {
    .failed(
      "Process \(holder.process) (\(holder.role), since \(holder.since)) holds the data folder and does not answer at "
        + "\(address). Nothing was done. Stop that process, or wait for it.")
  }

  /// The request may have arrived.
  private func cutOff(_ error: any Error, _ key: IdempotencyKey?) -> TerminalError {
    // The client's own clock for a silent connection is one more deadline.
    let isLate = error is DeadlineExceeded || error as? HTTPClientError == .readTimeout
    let reason = isLate ? "not within \(limits.total)" : "\(error)"
    let again = key.map { " Asking again with --key \($0) settles it: it is done at most once." } ?? ""
    return .failed(
      "The server at \(address) (process \(holder.process)) took the request and did not answer: \(reason). Whether it "
        + "was done is not known.\(again)")
  }
}

extension IdempotencyKey {
  /// As a string of RFC 8941, section 3.3.3, which is what the header's draft wants.
  fileprivate var structuredText: String {
    let escaped = description.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))\""
  }
}
