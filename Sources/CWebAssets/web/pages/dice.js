// The dice page: roll, try, read the history, take back.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import '../components/x-roll-form.js';
import '../components/x-roll-result.js';
import '../components/x-roll-list.js';
import { get, post } from '../lib/api.js';
import { total } from '../lib/format.js';
import { commands, registerListKeys } from '../lib/keyboard.js';
import { startPage } from '../lib/page.js';
import { explain } from '../lib/problem.js';
import { newestStanding, noRolls, reduce, rollsMax, snapshot, withPage, withRoll, withState } from '../lib/rolls.js';
import { Submission } from '../lib/submission.js';

const pageSize = 25;
const shell = document.querySelector('x-shell');
const form = shell.querySelector('x-roll-form');
const result = shell.querySelector('x-roll-result');
const list = shell.querySelector('x-roll-list');
const seed = shell.querySelector('x-seed-line');
const announced = new Set();
let state = noRolls;

const feed = startPage(shell, {
  session: ({ role }) => { form.isAllowed = role !== 'viewer'; },
  async snapshot() {
    const [rolls, fairness] = await Promise.all([get(`/rolls?limit=${pageSize}`), get('/fairness')]);
    rolls.items.forEach(roll => announced.add(roll.id));
    show(snapshot(rolls));
    showSeed(fairness.current);
    return [rolls.cursor, fairness.cursor];
  },
  onevent(event) {
    if (event.topic === 'fairness') showSeed(event.payload.seed);
    if (event.topic !== 'rolls') return;
    show(reduce(state, event));
    if (event.type === 'roll.made') announce(event.payload.roll);
    else document.dispatchEvent(new CustomEvent('journal'));
    if (state.items.length > rollsMax) feed.renew();
  },
});

const showSeed = async value => {
  await import('../components/x-seed-line.js');
  seed.seed = value;
};

function show(next) {
  state = next;
  list.state = state;
  const shown = result.roll && state.items.find(roll => roll.id === result.roll.id);
  if (shown && shown !== result.roll) result.showRoll(shown);
}

/** Says a new roll once, whether the answer or the event came first. */
function announce(roll) {
  if (announced.has(roll.id)) return;
  announced.add(roll.id);
  shell.announce(`Rolled ${roll.notation}: ${total(roll.result)}`);
}

const rolling = new Submission((input, key) => post('/rolls', input, key));
form.addEventListener('roll', ({ detail }) => whileBusy(async () => {
  const answer = await rolling.send(detail);
  if (!answer) return;
  show(withRoll(state, answer.roll));
  result.showRoll(state.items.find(roll => roll.id === answer.roll.id) ?? answer.roll);
  result.scrollIntoView({ block: 'nearest' });
  outlook?.rolled(answer.roll);
  announce(answer.roll);
}));

form.addEventListener('sample', ({ detail }) => whileBusy(async () => {
  const { sample } = await import('../lib/sampling.js');
  const roll = await sample(detail);
  if (!roll) return;
  result.showSample(roll);
  result.scrollIntoView({ block: 'nearest' });
  shell.announce(`Sample of ${roll.notation}: ${total(roll.result)}. Nothing was recorded.`);
}));

async function whileBusy(act) {
  form.isBusy = true;
  result.isBusy = true;
  try {
    await act();
  } catch (problem) {
    await form.refuse(problem, explain(problem));
  } finally {
    form.isBusy = false;
    result.isBusy = false;
  }
}

const name = roll => `${roll.notation} = ${total(roll.result)}`;
const mark = (roll, word) => ({ number }) => show(withState(state, { id: roll.id, journal: number }, word));
const withdraw = roll => shell.undo(roll.journal, name(roll), {
  done: mark(roll, 'withdrawn'), redone: mark(roll, 'standing'),
});
const restore = roll => shell.redo(roll.journal, name(roll), {
  by: state.changedBy[roll.id], done: mark(roll, 'standing'),
});
shell.addEventListener('undo', ({ detail }) => withdraw(detail));
shell.addEventListener('redo', ({ detail }) => restore(detail));
shell.addEventListener('example', ({ detail }) => form.write(detail));

const older = async () => {
  list.isLoadingOlder = true;
  try {
    show(withPage(state, await get(`/rolls?limit=${pageSize}&before=${encodeURIComponent(state.next)}`)));
  } catch (problem) {
    shell.toast(explain(problem), { tone: 'bad' });
  }
  list.isLoadingOlder = false;
};
list.addEventListener('older', older);

registerListKeys('.roll-head', 'roll');
commands.register(
  {
    id: 'formula', title: 'Write the formula', keys: '/', group: 'This page', icon: 'pencil',
    run: () => form.notation.select(),
  },
  { id: 'roll', title: 'Roll', keys: 'Enter', group: 'This page' },
  { id: 'undo', title: 'Undo the newest roll', keys: 'U', group: 'This page', icon: 'undo', run: () => {
    const roll = newestStanding(state);
    if (roll) withdraw(roll);
    else shell.toast('No roll to undo.');
  } });

// What can be said of the notation without rolling it, when the page stands.
let outlook = null;
import('../lib/outlook.js').then(({ Outlook }) => {
  outlook = new Outlook(form, shell.querySelector('x-odds'), shell.querySelector('x-readings'));
}, () => shell.toast('The odds could not be loaded. Reload the page to see them.', { tone: 'bad' }));
