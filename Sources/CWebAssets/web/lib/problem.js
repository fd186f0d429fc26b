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
    this.isRetryable = document?.retryable ?? (status === 0 || status >= 500);
    this.retryAfter = retryAfter;
  }

  /** Whether the change may have happened all the same. The idempotency key settles it when it is sent again. */
  get isOutcomeUnknown() {
    return this.status === 0 || this.status >= 500;
  }
}

/**
 * Sorts the errors of a problem by the form's fields.
 *
 * A pointer `/operations/0/input/variables/level` with prefix `/operations/0/input` belongs to the field
 * `variables/level` if there is one, else to `variables`. What belongs to no field is `rest`, so nothing goes unsaid.
 */
export function fieldErrors(problem, fields, prefix = '') {
  const byField = {};
  const rest = [];
  for (const error of problem.errors) {
    const pointer = String(error.pointer ?? '');
    const path = decode(pointer.startsWith(prefix) ? pointer.slice(prefix.length) : pointer);
    const field = longest(path, fields);
    if (field) (byField[field] ??= []).push(sentence(error));
    else rest.push(sentence(error));
  }
  if (!problem.errors.length) rest.push(problem.message);
  return { fields: byField, rest };
}

/** The error's message, and what is allowed where the server lists it. */
export function sentence({ message, allowed }) {
  const text = capitalised(message || 'This is not allowed.');
  return allowed?.length ? `${text} Allowed: ${allowed.join(', ')}.` : text;
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

function decode(pointer) {
  return pointer.split('/').filter(Boolean).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~')).join('/');
}

function longest(path, fields) {
  const fits = fields.filter(field => path === field || path.startsWith(`${field}/`));
  return fits.sort((a, b) => b.length - a.length)[0];
}

function capitalised(text) {
  return /^\p{Ll}/u.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
}
