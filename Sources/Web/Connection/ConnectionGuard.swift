import NIOCore
import NIOHTTP1

/// Keeps one connection to the rules that the parser and the responder do not: how long heads, bodies, silence and full
/// buffers may last, what a head may say, and how a connection ends so that its peer reads the answer.
///
/// It stands right behind the HTTP/1 coders. Everything runs on the connection's event loop.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// Tells the responder that no more of the request will come.
  struct Refused: Error { let problem: Problem }

  private let limits: WebLimits
  private let refusals: Refusals
  private var intake: Intake
  private var isHeadWritten = false
  /// No request after the ones that are owed an answer.
  private var isLast = false
  /// To be told once what is owed was answered.
  private var pending: Problem?
  private var ending = Ending.none
  private var timer: (at: NIODeadline, task: Scheduled<Void>)?
  private var linger: Scheduled<Void>?
  private var heldCloses: [EventLoopPromise<Void>] = []
  /// What is done when the peer leaves before its answer has ended.
  private var departures: [Departure] = []
  private var hasLeft = false

  private enum Ending {
    case none
    /// The guard itself answered: whatever the responder still writes is dropped.
    case refused
    /// The last answer is written; what the peer still sends is dropped.
    case lingering
  }

  init(limits: WebLimits, refusals: Refusals) {
    self.limits = limits
    self.refusals = refusals
    intake = Intake(limits: limits, now: .now())
  }

  // MARK: Inbound

  func handlerAdded(context: ChannelHandlerContext) { schedule(context) }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.task.cancel()
    timer = nil
    linger?.cancel()
    for promise in heldCloses { promise.succeed() }
    heldCloses = []
  }

  /// Called by ``ArrivalHandler`` before the parser sees the bytes.
  func bytesArrived() { intake.bytesArrived(at: .now()) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard ending == .none else { return }
    let part = unwrapInboundIn(data)
    switch part {
    case .head(let head):
      guard !isLast else { return }
      departures = []
      if let problem = HeadInspection.problem(of: head, limits: limits) { return refuse(problem, context) }
      intake.headRead(at: .now())
      // After a request with `Upgrade` the parser reads no further, so this answer is the connection's last.
      isLast = !head.isKeepAlive || head.headers.contains(name: "upgrade") || head.method == .CONNECT
    case .body(let bytes): intake.bodyRead(bytes.readableBytes)
    case .end: intake.endRead(at: .now())
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // What came whole in one read needs no timer of its own.
    if !intake.isIdle { schedule(context) }
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard ending == .none else { return }
    guard let fault = error as? HTTPParserError else { return context.fireErrorCaught(error) }
    refuse(Problem(fault), context)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    intake.writability(context.channel.isWritable, at: .now())
    schedule(context)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent where ending == .none:
      if intake.isIdle { context.close(promise: nil) } else { isLast = true }
    case let event as ChannelEvent where event == .inputClosed:
      noteDeparture()
      if ending == .none { endEarly(context) } else { context.close(promise: nil) }
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    noteDeparture()
    if ending == .none { endEarly(context) }
    context.fireChannelInactive()
  }

  /// A body that ends before its end is no body. Without this the responder would take the end of the connection for it.
  private func endEarly(_ context: ChannelHandlerContext) {
    guard intake.isReadingBody else { return }
    refuse(Problem(.malformedRequest, "The connection ended before the body did."), context)
  }

  private func noteDeparture() {
    hasLeft = true
    for departure in departures { departure.note() }
    departures = []
  }

  // MARK: Outbound

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard let departure = event as? Departure else {
      return context.triggerUserOutboundEvent(event, promise: promise)
    }
    if hasLeft { departure.note() } else { departures.append(departure) }
    promise?.succeed()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard ending == .none else {
      promise?.succeed()
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      isHeadWritten = true
      // An answer before the request's end: what still comes is nobody's.
      if intake.isReadingBody, intake.owed == 1 { isLast = true }
      if isLast, intake.owed <= 1 { head.headers.replaceOrAdd(name: "connection", value: "close") }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      isHeadWritten = false
      intake.answerEnded(at: .now())
      guard isLast, intake.owed == 0 else {
        if timer == nil { schedule(context) }
        return context.write(data, promise: promise)
      }
      context.writeAndFlush(data, promise: promise)
      if let pending { answer(pending, context) }
      beginLinger(context)
    }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    switch (ending, mode) {
    case (.none, _): context.close(mode: mode, promise: promise)
    case (_, .all): if let promise { heldCloses.append(promise) }
    default: promise?.succeed()
    }
  }

  // MARK: Ending

  /// The responder hears of it before anything is closed: it would take a plain end of the connection for the end of the
  /// body, and go to work.
  private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
    let isAnswerable = intake.owed == 0 || (intake.owed == 1 && intake.isReadingBody && !isHeadWritten)
    isLast = true
    context.fireErrorCaught(Refused(problem: problem))
    if isAnswerable {
      answer(problem, context)
      beginLinger(context)
    } else if !intake.isReadingBody, pending == nil {
      pending = problem
    }
  }

  private func answer(_ problem: Problem, _ context: ChannelHandlerContext) {
    let (head, body) = refusals.answer(to: problem)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    ending = .refused
  }

  /// Closes this side and reads on for a moment: a close with unread bytes would reset the connection and take the answer
  /// with it.
  private func beginLinger(_ context: ChannelHandlerContext) {
    guard linger == nil else { return }
    if ending == .none { ending = .lingering }
    timer?.task.cancel()
    timer = nil
    context.close(mode: .output, promise: nil)
    linger = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.lingerTime)) {
      context.close(promise: nil)
    }
  }

  // MARK: Time

  private func schedule(_ context: ChannelHandlerContext) {
    guard ending == .none, case .wait(let until?) = intake.verdict(at: .now()) else { return look(context) }
    if let timer, timer.at <= until { return }
    timer?.task.cancel()
    let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: until) { [self] in
      timer = nil
      look(context)
    }
    timer = (until, task)
  }

  /// Does what the verdict says.
  private func look(_ context: ChannelHandlerContext) {
    guard ending == .none, context.channel.isActive else { return }
    switch intake.verdict(at: .now()) {
    case .wait(nil): break
    case .wait: schedule(context)
    case .timeOut: timeOut(context)
    case .close: context.close(promise: nil)
    }
  }

  private func timeOut(_ context: ChannelHandlerContext) {
    let isAnswerable = intake.owed == 0 || (intake.owed == 1 && !isHeadWritten)
    guard isAnswerable else { return context.close(promise: nil) }
    refuse(Problem(.requestTimeout, "The request was not complete in time."), context)
  }
}

extension Problem {
  fileprivate init(_ fault: HTTPParserError) {
    switch fault {
    case .headerOverflow:
      self.init(.headersTooLarge, "The request's headers are larger, or more, than the limits allow.")
    default: self.init(.malformedRequest, "The request cannot be read as HTTP/1.1: \(fault).")
    }
  }
}
