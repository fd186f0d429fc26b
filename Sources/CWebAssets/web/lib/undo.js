// Taking back what a journal row did, and doing it again.

import { get, post } from './api.js';
import { Submission } from './submission.js';

const submissions = new Map();

/**
 * Undoes a journal row; undoing the row of an undo is redo. Resolves to the new row's reference, or to null while the
 * same undo is under way.
 */
export async function undoRow(number) {
  if (!submissions.has(number)) submissions.set(number, new Submission((input, key) => post('/undos', input, key)));
  const answer = await submissions.get(number).send({ journal: number });
  if (answer) submissions.delete(number);
  return answer?.journal ?? null;
}

/** Does again what `number` did, by undoing the row that undid it; `undoneBy` saves asking which one that is. */
export async function redoRow(number, undoneBy) {
  const by = undoneBy ?? (await get(`/journal/${number}`)).undoneBy;
  if (by) return undoRow(by);
  return null;
}
