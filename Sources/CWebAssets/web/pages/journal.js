// The journal page: what was done, newest first; each row opens in the inspector.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import '../components/x-journal-table.js';
import { h, fill } from '../lib/h.js';
import { icon } from '../lib/ui.js';
import { onRow } from '../lib/address.js';
import { get } from '../lib/api.js';
import { count, hash } from '../lib/format.js';
import { noRows, reduce, rowsMax, snapshot, withPage } from '../lib/journal-rows.js';
import { commands, registerListKeys } from '../lib/keyboard.js';
import { startPage } from '../lib/page.js';
import { explain } from '../lib/problem.js';

const pageSize = 50;
const headMilliseconds = 250;
const shell = document.querySelector('x-shell');
const table = shell.querySelector('x-journal-table');
const head = shell.querySelector('.chain-head');
let state = noRows;
let headTimer;

const feed = startPage(shell, {
  async snapshot() {
    const journal = await get(`/journal?limit=${pageSize}`);
    show(snapshot(journal));
    showHead(journal.head);
    return [journal.cursor];
  },
  onevent(event) {
    if (event.topic !== 'journal') return;
    show(reduce(state, event));
    document.dispatchEvent(new CustomEvent('journal'));
    if (state.items.length > rowsMax) return feed.renew();
    // The event does not tell the new head; several events at once ask for it once.
    clearTimeout(headTimer);
    headTimer = setTimeout(refreshHead, headMilliseconds);
  },
});

function show(next) {
  state = next;
  table.state = state;
}

function showHead({ number, hash: text }) {
  fill(head, icon('lock'),
    h('span', {}, `Chain head: row ${count(number)}, `, h('code', { class: 'hash', title: text }, hash(text, 8))));
}

async function refreshHead() {
  try {
    showHead((await get('/journal?limit=1')).head);
  } catch {
    // The banner says that the server is away; the next event asks again.
  }
}

async function older() {
  table.isLoadingOlder = true;
  try {
    show(withPage(state, await get(`/journal?limit=${pageSize}&before=${state.next}`)));
  } catch (problem) {
    shell.toast(explain(problem), { tone: 'bad' });
  }
  table.isLoadingOlder = false;
}

table.addEventListener('older', older);
table.addEventListener('undo', ({ detail: row }) => shell.undo(row.number, row.summary));
table.addEventListener('redo', ({ detail: row }) => shell.redo(row.number, row.summary, { by: row.undoneBy }));
onRow(number => { table.selected = number; });

registerListKeys('.row-link', 'row');
commands.register(
  { id: 'open', title: 'Open the row', keys: 'Enter', group: 'This page' },
  { id: 'undo', title: 'Undo the newest row that can be', keys: 'U', group: 'This page', icon: 'undo', run: () => {
    const row = state.items.find(one => one.undoable && one.undoes == null);
    if (row) shell.undo(row.number, row.summary);
    else shell.toast('Nothing here can be undone.');
  } });
