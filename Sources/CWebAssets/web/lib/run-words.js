// What a turn is doing and how it ended, in words. No DOM.

const builtIn = 'The built-in model';

/** Who speaks for the model in a turn: the newest call's model; null before the first call. */
export function speaker(run) {
  const call = run.calls.at(-1);
  if (!call) return null;
  return { name: call.badge === 'built-in' ? builtIn : call.model, badge: call.badge ?? null };
}

/** What is being done and what it waits for: `{ text, stop }`, `stop` saying what a cancel leaves. */
export function stageWords(run) {
  const who = speaker(run)?.name ?? 'The model';
  const untouched = 'Nothing has changed yet.';
  switch (run.stage) {
    case 'proposing': return { text: proposing(run, who), stop: untouched };
    case 'rehearsing': return { text: 'Checking the proposal against the scene…', stop: untouched };
    case 'executing': return { text: 'Carrying it out: all of it, or nothing…', stop: 'It is decided in a moment.' };
    case 'narrating':
      return { text: `${who} tells what happened…`, stop: 'What happened stands; only the telling stops.' };
    default: return null;
  }
}

function proposing(run, who) {
  if (run.calls.at(-1)?.purpose === 'repair') return `${who} repairs its proposal…`;
  return run.mode === 'act' ? `${who} proposes what to do…` : `${who} thinks…`;
}

const notes = {
  classic: ['info', 'warn', 'A story only',
    'No valid proposal came, so this was told without the rules. Nothing changed.'],
  refused: ['fail', 'bad', 'Not possible', 'No valid proposal came of it. Nothing changed.'],
  execution_failed: ['fail', 'bad', 'Failed while it was carried out',
    'Everything was taken back. The dice that fell stay used.'],
  model_unavailable: ['offline', 'bad', 'The model did not answer',
    'Nothing was rolled and nothing changed. Your words are kept.'],
  cancelled: ['stop', '', 'Cancelled', 'Nothing changed.'],
  failed: ['fail', 'bad', 'Something went wrong', 'Nothing changed.'],
};

/** How a turn ended, where that needs saying: `{ icon, tone, title, text }`, or null. */
export function outcomeNote(run) {
  if (run.undoneAt != null) {
    return { icon: 'undo', tone: '', title: 'Undone', text: 'What it changed was taken back. Its dice stay used.' };
  }
  const note = notes[run.outcome];
  if (!note || run.stage != null) return null;
  const [icon, tone, title, text] = note;
  return { icon, tone, title, text: run.problem || text };
}

const fruitless = ['model_unavailable', 'refused', 'cancelled', 'failed'];

/** Whether a turn ended without doing anything with its words, so that they are given back. */
export function givesBack(run) {
  return run.stage == null && run.text !== '' && fruitless.includes(run.outcome);
}

/** The end of a turn for those who listen. */
export function endWords(run) {
  const executed = run.operations.filter(one => one.status === 'executed').map(one => one.display?.message)
    .filter(Boolean);
  return outcomeNote(run)?.title ?? (executed.length ? executed.join('. ') : 'The turn has ended. Nothing changed.');
}

/** Who told the story of a turn: `{ text, badge }`. */
export function teller(run) {
  const call = run.calls.findLast(one => ['narrate', 'classic', 'think'].includes(one.purpose)) ?? run.calls.at(-1);
  switch (run.narrative?.by) {
    case 'results': return { text: 'Told from the results', badge: 'results' };
    case 'built-in': return { text: 'Told by', badge: 'built-in' };
    case 'model': {
      const badge = call?.badge ?? null;
      return { text: badge === 'built-in' ? 'Told by' : `Told by ${call?.model ?? 'the model'}`, badge };
    }
    default: return null;
  }
}

/** What a badge stands for, for whoever asks. */
export const badges = {
  'built-in': 'It follows a published list of intents by rule. It is no language model.',
  replay: 'A recorded answer, played again.',
  results: 'No model told this: the results above, sentence by sentence.',
};

const ends = {
  executed: ['done', 'Executed', 'ok'], told: ['quill', 'Words only', ''], classic: ['info', 'A story only', 'warn'],
  refused: ['fail', 'Not possible', 'bad'], execution_failed: ['fail', 'Failed', 'bad'],
  model_unavailable: ['offline', 'No answer', 'bad'], cancelled: ['stop', 'Cancelled', ''],
  failed: ['fail', 'Failed', 'bad'],
};

const stages = { proposing: 'Proposing', rehearsing: 'Checking', executing: 'Executing', narrating: 'Telling' };

/** The state of a turn in a word: `[icon, word, tone]`. */
export function runState(run) {
  if (run.undoneAt != null) return ['undo', 'Undone', ''];
  if (run.stage != null) return ['wait', stages[run.stage] ?? String(run.stage), ''];
  return ends[run.outcome] ?? ['info', String(run.outcome), ''];
}
