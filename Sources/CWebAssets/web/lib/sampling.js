// Samples of rolls: what one would look like. Fetched when the first is asked for.

import { post } from './api.js';
import { Problem } from './problem.js';
import { Submission } from './submission.js';

const rehearse = (input, key) => post('/rehearsals', { operations: [{ operation: 'roll_dice', input }] }, key);
const sampling = new Submission(rehearse);

/** A sample with the input of `roll_dice`; null while another is under way. */
export async function sample(input) {
  const answer = await sampling.send(input);
  if (!answer) return null;
  const [first] = answer.results;
  if (!first?.output) throw new Problem({ detail: 'The sample was refused.', errors: answer.errors }, { status: 422 });
  return first.output;
}
