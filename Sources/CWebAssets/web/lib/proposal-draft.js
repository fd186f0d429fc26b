// A proposal that somebody composes: its steps, and what they are as the server takes them. No DOM.

import { fieldsOf, valueOf } from './schema-fields.js';

/** As many as the server takes. */
export const stepsMax = 100;

export const emptyProposal = { steps: [], made: 0 };

const keyWords = { roll_dice: 'roll', roll_attack: 'attack', roll_saving_throw_batch: 'saves' };

/** The draft with a step more at its end. A step is `{ id, operation, values, refs, key, isRequired }`. */
export function withStep(draft, operation, values = {}) {
  if (draft.steps.length >= stepsMax) return draft;
  const id = draft.made + 1;
  const step = { id, operation, values, refs: {}, key: freshKey(draft, operation), isRequired: true };
  return { steps: [...draft.steps, step], made: id };
}

export function withoutStep(draft, id) {
  return { ...draft, steps: draft.steps.filter(step => step.id !== id) };
}

/** The draft with a step one place earlier (−1) or later (1), where there is room. */
export function withStepMoved(draft, id, by) {
  const from = draft.steps.findIndex(step => step.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= draft.steps.length) return draft;
  const steps = [...draft.steps];
  steps.splice(to, 0, ...steps.splice(from, 1));
  return { ...draft, steps };
}

/** The draft with some of a step's members changed. */
export function withChange(draft, id, changes) {
  return { ...draft, steps: draft.steps.map(step => step.id === id ? { ...step, ...changes } : step) };
}

/** The draft with another name for a step's result; what refers to it goes with it. */
export function withKey(draft, id, key) {
  const before = draft.steps.find(step => step.id === id)?.key.trim();
  const follow = refs =>
    Object.fromEntries(Object.entries(refs).map(([field, name]) => [field, name === before ? key.trim() : name]));
  const isNamed = before && key.trim();
  const steps = draft.steps.map(step => step.id === id ? { ...step, key } : isNamed
    ? { ...step, refs: follow(step.refs) } : step);
  return { ...draft, steps };
}

/** The earlier steps whose results may fill a field: `[[key, text]]`. */
export function referenceChoices(draft, id, { sources }, titleOf = name => name) {
  const at = draft.steps.findIndex(step => step.id === id);
  return draft.steps.slice(0, Math.max(at, 0)).flatMap((step, index) => {
    const fits = step.key.trim() !== '' && sources.includes(step.operation);
    return fits ? [[step.key.trim(), `Step ${index + 1}: ${titleOf(step.operation)} (${step.key.trim()})`]] : [];
  });
}

/** The proposal as the server takes it. `catalogue` is a map of operations by name. */
export function toProposal(draft, catalogue) {
  return { operations: draft.steps.map(step => toStep(step, catalogue.get(step.operation))) };
}

function toStep({ operation, values, refs, key, isRequired }, facts) {
  const input = {};
  for (const field of fieldsOf(facts)) {
    const reference = refs[field.name];
    const value = reference ? undefined : valueOf(field, values[field.name]);
    if (reference) input[`${field.name}_ref`] = reference;
    else if (value !== undefined) input[field.name] = value;
  }
  const step = { operation, input };
  if (key.trim()) step.result_key = key.trim();
  if (!isRequired) step.required = false;
  return step;
}

function freshKey({ steps }, operation) {
  const word = keyWords[operation];
  if (!word) return '';
  const taken = new Set(steps.map(step => step.key));
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? word : `${word}_${number}`;
    if (!taken.has(key)) return key;
  }
}
