// The one-time code of a sign-in link. No DOM.

const codeCharactersMax = 256;

/** The code in what somebody pasted: the code itself or the whole link. Null where there is none. */
export function codeIn(text) {
  const trimmed = text.trim();
  const code = trimmed.includes('#') ? trimmed.slice(trimmed.lastIndexOf('#') + 1) : trimmed;
  const isCode = /^[\x21-\x7e]+$/.test(code) && !code.includes('/') && code.length <= codeCharactersMax;
  return isCode ? code : null;
}

const newLink = 'Run “arbiter link” on the machine that Arbiter runs on for a new one.';

/** What went wrong and what to do about it. */
export function signInAdvice(problem) {
  switch (problem.code) {
    case 'sign_in_link_used': return `This link was used already; each works once. ${newLink}`;
    case 'sign_in_link_expired': return `This link is too old. ${newLink}`;
    case 'sign_in_link_unknown':
      return `Arbiter does not know this link; it may be from another installation or not whole. ${newLink}`;
    case 'too_many_attempts':
      return `Too many attempts from here. Wait ${problem.retryAfter ?? 60} seconds and try again; the link stays good.`;
    case 'no_answer':
      return 'Arbiter does not answer. See that it runs (“arbiter serve”), then try again with the same link.';
    default: return problem.message;
  }
}
