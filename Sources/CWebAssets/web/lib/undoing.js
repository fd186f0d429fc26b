// Undo and redo as every page offers them: done, said, and offered the other way round.

import { explain } from './problem.js';
import { redoRow, undoRow } from './undo.js';

/** Undoes row `number`, called `what`. `done` hears of the new row, `redone` of the one of the redo that is offered. */
export async function undo(shell, number, what, { done = () => {}, redone = () => {} } = {}) {
  await attempt(shell, () => undoRow(number), journal => {
    done(journal);
    shell.toast(`Undone: ${what}`,
      { action: { title: 'Redo', run: () => redo(shell, number, what, { by: journal.number, done: redone }) } });
  });
}

/** Does row `number` again; `by` is the row that undid it, where that is known. */
export async function redo(shell, number, what, { by, done = () => {} } = {}) {
  await attempt(shell, () => redoRow(number, by), journal => {
    done(journal);
    shell.toast(`Stands again: ${what}`);
  });
}

async function attempt(shell, act, succeed) {
  try {
    const journal = await act();
    if (journal) succeed(journal);
  } catch (problem) {
    shell.toast(explain(problem), { tone: 'bad' });
  }
}
