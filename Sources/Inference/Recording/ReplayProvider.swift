import StrictJSON

/// Answers from recordings, and from nothing else.
package struct ReplayProvider: ModelProvider {
  package let name = "the recordings"
  package let badge: ProviderBadge? = .replay
  private let folder: CallFolder

  package init(from folder: CallFolder) { self.folder = folder }

  /// The recorded events of the same request, or its recorded error.
  ///
  /// A request that was not recorded is refused with ``InferenceError/Kind/badRequest``, and the message says how it
  /// differs from the one that is most like it.
  package func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { [name, folder] sink in
      guard let record = try recorded(request) else {
        throw InferenceError.badRequest(name, "it was not recorded in \(folder.path). \(difference(request))")
      }
      for event in record.events { try await sink.send(event) }
      if let error = record.error { throw error }
    }
  }

  private func recorded(_ request: ModelRequest) throws -> CallRecord? {
    do { return try folder.record(of: request) } catch let fault as JSONFault {
      throw InferenceError.nonsense(name, "the recording of this request is damaged: \(fault)")
    }
  }

  private func difference(_ request: ModelRequest) -> String {
    guard let wanted = try? JSON(encoding: request.scrubbed()) else { return "" }
    let differences = folder.records().compactMap { record in
      (try? JSON(encoding: record.request)).map { JSONDifference(from: $0, to: wanted) }
    }
    guard let nearest = differences.min(by: { $0.places.count < $1.places.count }) else {
      return "There is no recording at all."
    }
    return "The recording most like it differs at \(nearest)."
  }
}
