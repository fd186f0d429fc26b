// The variables of a dice notation. No DOM.

/** Names that rows are shown for. */
export const namesMax = 20;

const notNames = new Set(['and', 'or', 'not', 'if', 'else', 'true', 'false', 'True', 'False']);
const word = String.raw`[\p{ID_Start}_][\p{ID_Continue}]*`;
// Numbers first, so that the e of 1e3 is no name; a name before a bracket is a function.
const pieces = new RegExp(String.raw`\d[\d.]*(?:[eE][+-]?\d+)?|(${word}(?:\.${word})*)(\s*\()?`, 'gu');
// The braces of a pool, which say nothing; a formula; a name without braces.
const parts = new RegExp(String.raw`\{\{|\}\}|\{([^{}]*)\}|@(${word}(?:\.${word})*)`, 'gu');

/**
 * The names in the formulas of a notation, each once, in order: "{level}d6+{max(hp.now, 1)}" → level, hp.now;
 * "2d6+@str" → str. What stands in a pool, `{{…}}` or Foundry's `{…}`, is dice; d20 knows no names.
 */
export function templateNames(notation, dialect = 'native') {
  const names = new Set();
  if (dialect === 'd20') return [];
  const add = name => { if (!notNames.has(name) && names.size < namesMax) names.add(name); };
  for (const [, formula, name] of notation.matchAll(parts)) {
    if (name) add(name);
    if (dialect === 'foundry') continue;
    for (const [, inner, call] of formula?.matchAll(pieces) ?? []) if (inner && !call) add(inner);
  }
  return [...names];
}

/** Values under dotted names as the server takes them: `{ 'hp.max': 9 }` → `{ hp: { max: 9 } }`. */
export function nestVariables(flat) {
  const variables = Object.create(null);
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split('.');
    const last = keys.pop();
    let place = variables;
    for (const key of keys) place = isObject(place[key]) ? place[key] : (place[key] = Object.create(null));
    place[last] = value;
  }
  return variables;
}

/** The number in a field: "4", "−1.5", "2,5". Null for anything else. */
export function parseNumber(text) {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

function isObject(value) {
  return typeof value === 'object' && value !== null;
}
