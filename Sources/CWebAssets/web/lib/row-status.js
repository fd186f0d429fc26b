// The state of a journal row in a word.

import { status } from './ui.js';

export function rowStatus({ state, undoneBy, undoes }) {
  if (state === 'failed') return status('fail', 'Failed, changed nothing', 'bad');
  if (state === 'undone') return status('undo', `Undone by row ${undoneBy}`);
  if (undoes != null) return status('undo', `Undid row ${undoes}`);
  return status('done', 'Stands');
}
