// A roll's result as a tree of lines to draw. No DOM.

/** Dice of one term that are drawn one by one; a thousand of them would be no picture. */
export const drawnDiceMax = 100;

const signs = { '+': '+', '-': '−', '*': '×', '/': '÷', '//': '÷ ⌊⌋', '%': 'mod' };
const words = {
  '*': 'product', '/': 'quotient', '//': 'quotient, rounded down', '%': 'remainder',
  '==': 'equal', '!=': 'different', '<': 'less', '<=': 'at most', '>': 'greater', '>=': 'at least',
};

/**
 * The lines under a total. Each line is
 * `{ sign, value, code, label, note, tags, dice, diceLeftOut, children }`: `sign` is how it joins the line before it
 * ('' for the first), `code` notation, `label` words, `note` what a formula gave.
 */
export function treeLines(root) {
  return terms(root, '');
}

/** `[['fire', 31]]`: what each annotation contributes, in the order of the server. */
export function tagTotals(result) {
  return Object.entries(result.totalsByAnnotation ?? {});
}

/** One list out of a chain of sums; anything else is one line. */
function terms(node, sign) {
  const isSum = node.kind === 'binary' && (node.operator === '+' || node.operator === '-') && !node.annotations?.length;
  if (!isSum) return [line(node, sign)];
  return [...terms(node.left, sign), line(node.right, signs[node.operator])];
}

function line(node, sign) {
  const base = { sign, value: node.value, tags: node.annotations ?? [], children: [] };
  switch (node.kind) {
    case 'dice': return { ...base, code: node.notation, note: formulaNotes(node.formulas), ...dice(node.dice), children: (node.operands ?? []).map(one => line(one, '')) };
    case 'number': return { ...base, label: 'fixed' };
    case 'formula': return { ...base, code: `{${node.source}}`, note: cut(node) };
    case 'group': return {
      ...base, code: node.notation || undefined, label: 'in brackets', note: node.why ? `dropped by ${node.why}` : null,
      children: terms(node.operand, ''),
    };
    case 'set': return members(node, base, 'set');
    case 'pool': return members(node, base, 'pool');
    case 'call': return { ...base, code: node.function, children: node.arguments.map(one => line(one, '')) };
    case 'unary': return unary(node, base);
    case 'binary': return { ...base, label: words[node.operator] ?? 'sum', children: operands(node) };
    default: return { ...base, label: String(node.kind) };
  }
}

/** What stands in a set or a pool; a dropped member says so and by what. */
function members({ notation, members: all }, base, label) {
  return { ...base, code: notation || undefined, label, children: all.map(({ node, value, why }) => {
    const one = line(node, '');
    const counted = !why && value !== node.value ? `counts ${value}` : null;
    return { ...one, isDropped: Boolean(why), note: [one.note, why && `dropped by ${why}`, counted].filter(Boolean).join('; ') || null };
  }) };
}

/** A sign at the beginning of a list belongs to its term; anywhere else it is a line of its own. */
function unary(node, base) {
  if (base.sign !== '' || base.tags.length) {
    return { ...base, label: node.operator === '-' ? 'negative' : 'positive', children: terms(node.operand, '') };
  }
  return line(node.operand, signs[node.operator]);
}

function operands(node) {
  return [line(node.left, ''), line(node.right, signs[node.operator] ?? node.operator)];
}

function dice(all) {
  const drawn = all.slice(0, drawnDiceMax).map(die => ({
    sides: die.sides,
    face: die.faces.at(-1) ?? die.value,
    before: die.faces.slice(0, -1),
    draw: die.draws?.at(-1) ?? null,
    counts: die.value,
    isDropped: die.state !== 'kept',
    isReplaced: die.state === 'replaced',
    isBest: die.state === 'kept' && die.faces.at(-1) === die.sides && die.sides > 1,
    why: die.why ?? null,
    exploded: die.exploded ?? null,
    changedBy: (die.changes ?? []).map(change => change.by),
  }));
  return { dice: drawn, diceLeftOut: all.length - drawn.length };
}

/** "4.5, cut to 4" where a fraction was cut off. */
function cut({ value, exact }) {
  return exact === null || exact === undefined ? null : `${exact}, cut to ${value}`;
}

function formulaNotes(formulas) {
  const notes = (formulas ?? []).map(formula => `${formula.source} is ${cut(formula) ?? formula.value}`);
  return notes.length ? notes.join('; ') : null;
}

/** "6", "1, dropped by kh3", "5 (before: 1, by ro<3)", "2, counts 3 (by min3)": one die for those who listen. */
export function spokenDie({ face, before, counts = face, isDropped, isReplaced, why, exploded, changedBy = [] }) {
  const by = changedBy.length ? `by ${[...new Set(changedBy)].join(' and ')}` : '';
  const earlier = before.length ? ` (before: ${[before.join(', '), by].filter(Boolean).join(', ')})` : '';
  const counted = counts === face ? '' : `, counts ${counts}${by && !before.length ? ` (${by})` : ''}`;
  const burst = exploded ? `, exploded by ${exploded}` : '';
  const left = isDropped ? `, ${isReplaced ? 'replaced' : 'dropped'}${why ? ` by ${why}` : ''}` : '';
  return `${face}${earlier}${counted}${burst}${left}`;
}
