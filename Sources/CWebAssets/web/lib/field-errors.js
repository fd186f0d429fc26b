// What the server refused, sorted by the fields of a form. No DOM.

/**
 * Sorts the errors of a problem by the form's fields.
 *
 * A pointer `/variables/level`, in a rehearsal `/operations/0/input/variables/level`, belongs to the field
 * `variables/level` if there is one, else to `variables`. What belongs to no field is `rest`, so nothing goes unsaid.
 */
export function fieldErrors(problem, fields) {
  const byField = {};
  const rest = [];
  for (const error of problem.errors) {
    const path = decode(String(error.pointer ?? '').replace(/^\/operations\/\d+\/input(?=\/|$)/, ''));
    const field = longest(path, fields);
    if (field) (byField[field] ??= []).push(sentence(error));
    else rest.push(sentence(error));
  }
  if (!problem.errors.length) rest.push(problem.message);
  return { fields: byField, rest };
}

/** The error's message as a sentence, and what is allowed where the server lists it. */
export function sentence({ message, allowed }) {
  const text = punctuated(capitalised(message || 'This is not allowed'));
  return allowed?.length ? `${text} Allowed: ${allowed.join(', ')}.` : text;
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

function punctuated(text) {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
