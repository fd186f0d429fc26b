// Whose a key is, by how it begins. The server checks; this only says early what it looks like. No DOM.

// Longer beginnings first: sk- alone is the beginning of several.
const shapes = [
  ['sk-or-', 'OpenRouter', true], ['sk-ant-', 'Anthropic', true], ['gsk_', 'Groq', true],
  ['hf_', 'Hugging Face', true],
  ['xai-', 'xAI', true], ['AIza', 'Google', false], ['sk-', 'OpenAI', true],
];
const keyCharactersMin = 12;

/** `{ provider, isUsable }` of a key: provider null where the shape is not known; null while too little is there. */
export function keyShape(text) {
  const key = text.trim();
  const shape = shapes.find(([beginning]) => key.startsWith(beginning));
  if (shape) return { provider: shape[1], isUsable: shape[2] };
  return key.length < keyCharactersMin ? null : { provider: null, isUsable: false };
}

/** What the shape of a key says, in a sentence: `{ tone, text }`. */
export function keyWords(text) {
  const shape = keyShape(text);
  if (!shape) return { tone: '', text: 'Checked with one call that costs nothing, then sealed in your data folder.' };
  if (!shape.provider) return { tone: 'bad',
    text: 'Not a shape known here. For other services give the address below.' };
  if (!shape.isUsable) return { tone: 'warn',
    text: `Looks like ${shape.provider}: recognised, and coming. It cannot be used yet.` };
  return { tone: 'ok', text: `Looks like ${shape.provider}.` };
}

/** Whether some text holds a character that no key has. */
export function isNoKey(text) {
  return /[^\x21-\x7e]/.test(text.trim());
}
