// The proposal that somebody is composing, kept in this browser for each campaign until it is executed. No DOM.

const place = campaign => `arbiter.proposal.${campaign}`;

/** The proposal that is being composed, as `lib/proposal-draft.js` has it, or null. */
export function readProposal(campaign, storage = globalThis.localStorage) {
  try {
    const draft = JSON.parse(storage.getItem(place(campaign)));
    return isProposal(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps a proposal; one without steps is forgotten. */
export function writeProposal(campaign, draft, storage = globalThis.localStorage) {
  try {
    if (draft.steps.length === 0) storage.removeItem(place(campaign));
    else storage.setItem(place(campaign), JSON.stringify(draft));
  } catch {
    // Storage is switched off or full: the draft lasts as long as the page is open.
  }
}

function isProposal(draft) {
  const isStep = step => Number.isInteger(step?.id)
    && typeof step.operation === 'string' && typeof step.key === 'string'
    && typeof step.isRequired === 'boolean' && [step.values,
      step.refs].every(one => typeof one === 'object' && one !== null);
  return Number.isInteger(draft?.made) && Array.isArray(draft.steps) && draft.steps.every(isStep);
}
