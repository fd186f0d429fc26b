// What somebody has written and not sent yet, kept in this browser for each campaign. No DOM.

const textCharactersMax = 8000;
const modes = ['act', 'think', 'direct'];
const place = campaign => `arbiter.draft.${campaign}`;

/** `{ text, mode }` as it was left; an empty one when there is none or storage is switched off. */
export function readDraft(campaign, storage = globalThis.localStorage) {
  try {
    const { text, mode } = JSON.parse(storage.getItem(place(campaign))) ?? {};
    if (typeof text !== 'string' || !modes.includes(mode)) return emptyDraft;
    return { text: text.slice(0, textCharactersMax), mode };
  } catch {
    return emptyDraft;
  }
}

/** Keeps a draft; an empty text forgets it. */
export function writeDraft(campaign, { text, mode }, storage = globalThis.localStorage) {
  try {
    if (text === '') storage.removeItem(place(campaign));
    else storage.setItem(place(campaign), JSON.stringify({ text, mode }));
  } catch {
    // Storage is switched off or full: the text stays in the field as long as the page is open.
  }
}

export const emptyDraft = { text: '', mode: 'act' };
