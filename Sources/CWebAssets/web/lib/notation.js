// Dice notation as the pad writes it. The server parses. No DOM.

/** The notation with one die more: "8d6" and 6 → "9d6", "8d6" and 4 → "8d6+1d4". */
export function addDie(notation, sides) {
  const text = notation.trim();
  const last = new RegExp(`(^|\\+\\s*)(\\d*)d${sides}$`).exec(text);
  if (last) return `${text.slice(0, last.index)}${last[1]}${Number(last[2] || 1) + 1}d${sides}`;
  return text ? `${text}+1d${sides}` : `1d${sides}`;
}
