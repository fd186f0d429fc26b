/// A provider that writes down every call of another, for tests and for looking at what a model was asked.
///
/// A call is written when it has ended, well or not; one whose reader left is not, since how it would have ended is not
/// known.
package struct RecordingProvider: ModelProvider {
  private let provider: any ModelProvider
  private let folder: CallFolder

  package init(wrapping provider: any ModelProvider, to folder: CallFolder) {
    self.provider = provider
    self.folder = folder
  }

  package var name: String { provider.name }
  package var badge: ProviderBadge? { provider.badge }

  package func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { [self] sink in
      var record = CallRecord(provider: provider.name, request: request, events: [])
      do {
        for try await event in provider.stream(request) {
          record.add(event)
          // The terminal event is told when the record is on the disk.
          guard case .finished = event else {
            try await sink.send(event)
            continue
          }
          try write(record)
          try await sink.send(event)
        }
      } catch let error as InferenceError {
        record.error = error
        try write(record)
        throw error
      }
    }
  }

  private func write(_ record: CallRecord) throws {
    do { try folder.write(record.clean()) } catch {
      throw InferenceError.badRequest(name, "the call cannot be recorded in \(folder.path): \(error)")
    }
  }
}

extension CallRecord {
  /// Adds an event. Texts are joined, so that a key cut in two by the stream is one word again and is found.
  fileprivate mutating func add(_ event: ModelEvent) {
    if case .text(let more) = event, case .text(let text) = events.last {
      events[events.count - 1] = .text(text + more)
    } else {
      events.append(event)
    }
  }

  fileprivate func clean() -> CallRecord {
    CallRecord(provider: provider, request: request, events: events, error: error)
  }
}
