import HTTPTypes

/// What a problem means, whichever request met it.
struct ProblemFacts: Sendable {
  let status: HTTPResponse.Status
  /// A few words, the same for every occurrence.
  let title: String
  /// What happened and what to do, for people.
  let explanation: String
  /// Seconds after which the same request may succeed without anybody changing anything; nil when it will not.
  let retryAfter: Int?

  init(_ status: Int, _ title: String, _ explanation: String, retryAfter: Int? = nil) {
    self.status = HTTPResponse.Status(code: status)
    self.title = title
    self.explanation = explanation
    self.retryAfter = retryAfter
  }
}

extension ProblemCode {
  var status: HTTPResponse.Status { facts.status }
  var title: String { facts.title }
  var isRetryable: Bool { facts.retryAfter != nil }

  /// The catalogue.
  var facts: ProblemFacts {
    switch self {
    case .malformedRequest:
      ProblemFacts(
        400, "The request is not valid HTTP",
        "A line, header or length of the request cannot be read, or two of them disagree. Nothing was done and the "
          + "connection was closed. Send requests as RFC 9112 has them.")
    case .headersTooLarge:
      ProblemFacts(
        431, "The headers are too large",
        "The request line and headers together, one header, or their number exceed the limit. Nothing was done. Send "
          + "fewer or shorter headers; often the cookies of other programs on this host are to blame.")
    case .targetTooLong:
      ProblemFacts(
        414, "The address is too long",
        "Path and query together may be 8,192 bytes long. Nothing was done. Long text belongs in the body.")
    case .requestTimeout:
      ProblemFacts(
        408, "The request came too slowly",
        "The head of a request must be there within 10 seconds of its first byte; a body must bring 500 bytes a second "
          + "after its first 10 seconds and be there within 60. Nothing was done; send it again.", retryAfter: 1)
    case .bodyTooLarge:
      ProblemFacts(
        413, "The body is too large", "A request's body may be 1 MiB long. Nothing was done. Send less at a time.")
    case .unsupportedMediaType:
      ProblemFacts(
        415, "The body is not JSON",
        "The interface takes `Content-Type: application/json`, in UTF-8, and nothing else. Nothing was done.")
    case .malformedJSON:
      ProblemFacts(
        400, "The body cannot be read as JSON",
        "The body is not JSON as RFC 8259 has it, names a member twice, holds text that cannot be kept (U+0000, half a "
          + "surrogate pair), or exceeds a limit on depth or size. `errors` names the place. Nothing was done.")
    case .invalidQuery:
      ProblemFacts(
        400, "The query cannot be used",
        "A query parameter is not known here, is there twice, is missing, or is not decodable. `errors` names each one "
          + "and lists those there are. Nothing was done.")
    case .malformedIdempotencyKey:
      ProblemFacts(
        400, "The idempotency key cannot be used",
        "`Idempotency-Key` is 1 to 128 visible ASCII characters, alone or as a quoted string. Nothing was done.")
    case .malformedPrecondition:
      ProblemFacts(
        400, "The precondition cannot be used",
        "`If-Match` names the one entity tag that was seen, in quotation marks as `ETag` gave it. Nothing was done.")
    case .malformedCursor:
      ProblemFacts(
        400, "The cursor cannot be used",
        "A cursor is `topic:number` for each topic, separated by commas, as a snapshot or an event's `id` gave it. Take "
          + "the snapshot again.")
    case .wrongHost:
      ProblemFacts(
        421, "This is not the host that was asked for",
        "The `Host` header names a host that this Arbiter does not answer for. That protects from pages that give their "
          + "own name this machine's address. Add the name to the allowed hosts in arbiter.yaml if it is yours.")
    case .crossOrigin:
      ProblemFacts(
        403, "The request comes from another site",
        "A page of another origin asked for a change in the name of whoever is signed in here. Nothing was done.")
    case .unknownPath:
      ProblemFacts(404, "There is nothing at this address", "No page and no resource has this path. See /openapi.json.")
    case .methodNotAllowed:
      ProblemFacts(
        405, "This address does not take that method", "`Allow` lists the methods it takes. Nothing was done.")
    case .signedOut:
      ProblemFacts(
        401, "You are not signed in",
        "The request came with no session, or with one that has ended. Print a sign-in link with: arbiter link")
    case .invalidToken:
      ProblemFacts(
        401, "The token is not valid",
        "The bearer token is not the one of this server's run; it is new at every start. Read it again from the data "
          + "folder.")
    case .signInLinkUnknown:
      ProblemFacts(
        401, "This sign-in link is not known",
        "It was made by another Arbiter, was cut when it was copied, or is long gone. Print a new one with: arbiter link"
      )
    case .signInLinkUsed:
      ProblemFacts(
        401, "This sign-in link was used already", "Each link works once. Print a new one with: arbiter link")
    case .signInLinkExpired:
      ProblemFacts(
        401, "This sign-in link has expired", "Links work for ten minutes. Print a new one with: arbiter link")
    case .forbidden:
      ProblemFacts(
        403, "Your role does not allow this",
        "The operation needs a greater role in this workspace; the detail says which. Nothing was done.")
    case .tooManyAttempts:
      ProblemFacts(
        429, "Too many attempts to sign in",
        "At most ten links a minute are tried for one address. Wait for as long as `Retry-After` says.", retryAfter: 60)
    case .tooManyStreams:
      ProblemFacts(
        429, "Too many event streams are open",
        "A session may hold 32 event streams and all sessions together 1,000. Close a tab; one stream carries many "
          + "topics.", retryAfter: 5)
    case .unknownOperation:
      ProblemFacts(404, "There is no such operation", "`GET /api/v1/operations` lists those there are.")
    case .unknownVersion:
      ProblemFacts(
        409, "This version is not known here",
        "Something was written by another version of Arbiter that this one cannot read. Nothing was done.")
    case .invalidInput:
      ProblemFacts(
        422, "The input cannot be used",
        "The input does not fit the operation. `errors` names every place, what is wrong there and what is allowed. "
          + "Nothing was done.")
    case .notFound:
      ProblemFacts(404, "There is no such thing", "What the request names is not in this workspace. Nothing was done.")
    case .refused:
      ProblemFacts(
        409, "The state does not allow this", "The detail says what stands against it. Nothing was done.")
    case .preconditionRequired:
      ProblemFacts(
        428, "Say which version you saw",
        "What two people can edit is changed with `If-Match` and the entity tag that was seen, so that nobody's change "
          + "is overwritten unseen. Nothing was done.")
    case .preconditionFailed:
      ProblemFacts(
        412, "It was changed meanwhile",
        "The entity tag in `If-Match` is not the newest. Get it again, look at the change, and decide. Nothing was done."
      )
    case .idempotencyKeyReused:
      ProblemFacts(
        422, "The idempotency key was used for something else",
        "The same key came before with another operation or input. Use a new key for a new act. Nothing was done.")
    case .undoConflict:
      ProblemFacts(
        409, "Later changes stand in the way",
        "What the row changed was changed again since. `errors` names the later rows; undo those first. Nothing was done."
      )
    case .notUndoable:
      ProblemFacts(409, "This cannot be undone", "What the row did has no inverse, or it changed nothing.")
    case .alreadyUndone:
      ProblemFacts(409, "This is undone already", "The detail names the row that undid it; undo that to do it again.")
    case .executionFailed:
      ProblemFacts(
        422, "It was begun and failed",
        "Dice were drawn and then the operation failed. State is as before; the journal keeps the attempt and its draws."
      )
    case .turnInProgress:
      ProblemFacts(
        409, "A turn is in progress",
        "One turn at a time is taken on a thing. `run` names the one to follow, or to stop. Nothing was done; keep what you "
          + "wrote.")
    case .overloaded:
      ProblemFacts(
        503, "Too much waits to be written", "Nothing was done. Try again shortly.", retryAfter: 1)
    case .rolledBack:
      ProblemFacts(
        503, "The write was rolled back", "Through no fault of the request. Nothing was done; try again.", retryAfter: 1
      )
    case .timedOut:
      ProblemFacts(
        503, "It took too long", "The database stopped it at its time limit. Nothing was done; try again.",
        retryAfter: 5)
    case .storageUnavailable:
      ProblemFacts(
        503, "The database cannot be reached", "Nothing was done. Try again shortly.", retryAfter: 5)
    case .storageFull:
      ProblemFacts(
        507, "There is no room on the disk",
        "Reading works; writing does again by itself once there is room. Nothing was done.", retryAfter: 30)
    case .storageReadOnly:
      ProblemFacts(
        503, "The database takes no writes",
        "The disk reported an error, after which nothing it says of a write is worth anything. Reading works. Look at the "
          + "disk, then restart Arbiter. Nothing was done.")
    case .storageDamaged:
      ProblemFacts(
        500, "The database cannot be used", "It is damaged, locked, not readable, or of a newer Arbiter. See the log.")
    case .outcomeUnknown:
      ProblemFacts(
        500, "It is not known whether it was done",
        "The commit itself failed. Ask again with the same idempotency key: it is done once and only once.")
    case .interrupted:
      ProblemFacts(
        503, "The request was interrupted", "The server stops, or the connection went. Try again.", retryAfter: 1)
    case .replayDiffers:
      ProblemFacts(500, "The journal and the program do not agree", "See the log, and run: arbiter journal verify")
    case .journalDamaged:
      ProblemFacts(500, "The journal is damaged", "See the log, and run: arbiter journal verify")
    case .internalMistake:
      ProblemFacts(
        500, "Arbiter made a mistake",
        "This is a defect of Arbiter. What happened is in the log under the request's id. Nothing was acknowledged.")
    }
  }
}
