// Problems of the server (RFC 9457) and of the way to it, in words for people. No DOM.

/** A request that did not succeed. */
export class Problem extends Error {
  /** `document` is the problem document; null when no answer came. */
  constructor(document, { status = 0, retryAfter = null } = {}) {
    super(document?.detail || document?.title || 'The server did not answer.');
    this.name = 'Problem';
    this.status = status;
    this.code = document?.code ?? (status ? 'unknown' : 'no_answer');
    this.requestId = document?.requestId ?? null;
    this.errors = Array.isArray(document?.errors) ? document.errors : [];
    /** The turn that is under way, where there can be no other. */
    this.run = document?.run ?? null;
    this.isRetryable = document?.retryable ?? (status === 0 || status >= 500);
    this.retryAfter = retryAfter;
  }

  /** Whether the change may have happened all the same. The idempotency key settles it when it is sent again. */
  get isOutcomeUnknown() {
    return this.status === 0 || this.status >= 500;
  }
}

/** What to tell about a change that failed: what happened, what was kept, what to do. */
export function explain(problem) {
  if (problem.status === 0) {
    return 'The server did not answer. What you wrote is kept; send it again and it is still done only once.';
  }
  if (problem.code === 'forbidden') return `${problem.message} Your role does not allow it.`;
  if (problem.isOutcomeUnknown) {
    return `${problem.message} What you wrote is kept; send it again and it is still done only once.`;
  }
  const wait = problem.retryAfter ? ` Try again in ${problem.retryAfter} s.` : '';
  return problem.message + wait;
}
