// What a person can ask for about a turn. What comes of it is told by events. Fetched when the first is asked for.

import { post } from './api.js';
import { explain } from './problem.js';
import { headline } from './run-cards.js';

/** Ends a turn before its commit, or its telling after it. */
export function stop(shell, run) {
  return ask(shell, run, 'cancellation');
}

/** Tells the same results in other words. */
export function again(shell, run) {
  return ask(shell, run, 'narration');
}

/** Takes back everything that a turn changed. */
export async function undo(shell, run) {
  if (await ask(shell, run, 'undo')) shell.toast(`Undone: ${headline(run)}`);
}

/** Shows a turn whole, beside the page. */
export function inspect(shell, { id }) {
  return shell.load(() => import('../components/x-run-inspector.js'),
    ({ showRun }) => showRun(shell.querySelector('x-inspector'), id));
}

async function ask(shell, run, what) {
  try {
    await post(`/runs/${run.id}/${what}`, {});
    return true;
  } catch (problem) {
    const reasons = (problem.errors ?? []).map(one => one.message).filter(text => !problem.message.includes(text));
    shell.toast([explain(problem), ...reasons].join(' '), { tone: 'bad' });
    return false;
  }
}
