// The calls page: what is asked of models, live; the slowest and the failed; a call's trace; what was spent.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import '../components/x-calls.js';
import { h, fill } from '../lib/h.js';
import { button, segmented } from '../lib/ui.js';
import { get } from '../lib/api.js';
import { addressOf, isFiltered, listQuery, spans, viewOf, views, withNewest, withPage } from '../lib/call-view.js';
import { surfaceWord } from '../lib/call-words.js';
import { commands, registerListKeys } from '../lib/keyboard.js';
import { startPage } from '../lib/page.js';
import { explain } from '../lib/problem.js';

const pageSize = 50;
const lookMilliseconds = 2000;
const shell = document.querySelector('x-shell');
const inspector = shell.querySelector('x-inspector');
const [viewBar, filterBar, place] = ['.calls-views', '.calls-filters', '.calls-view'].map(one => shell.querySelector(one));
const list = h('x-calls');
const names = { keys: new Map(), people: new Map(), connections: new Map() };
let view = viewOf(location.search);
let rows = [];
let open = [];
let next = null;
let timer;
let turn = 0;

const feed = startPage(shell, {
  session: ({ person }) => {
    names.people.set(person.id, person.name);
    if (view.view === 'spend') look();
  },
  async snapshot() {
    // Only an owner sees keys; others see the ends of their ids.
    const [keys, models] = await Promise.all([get('/gateway-keys').catch(() => ({ items: [] })), get('/models')]);
    for (const key of keys.items) names.keys.set(key.id, key.name);
    for (const one of models.connections) names.connections.set(one.id, one.name);
    await look();
    drawFilters();
    return [keys.cursor, models.cursor].filter(Boolean);
  },
  onevent(event) {
    if (event.topic === 'gateway') names.keys.set(event.payload.key.id, event.payload.key.name);
  },
});

/** Looks at the books, shows what is in them, and looks again in a while. */
async function look() {
  clearTimeout(timer);
  const now = ++turn;
  if (view.view === 'spend') {
    await shell.load(() => import('../components/x-spend.js'), () => {
      const spend = place.querySelector('x-spend') ?? h('x-spend');
      fill(place, spend);
      return spend.show(view.span, names);
    });
    return;
  }
  const [page, live] = await Promise.all([
    get(`/model-calls?${listQuery(view, { limit: pageSize })}`), get('/model-calls?open=true&limit=50'),
  ]);
  if (now !== turn) return;
  const ended = page.items.filter(row => row.state !== 'reserved');
  const isFirst = rows.length === 0;
  rows = view.view === 'slowest' ? ended : withNewest(rows, ended);
  if (isFirst) next = page.next ?? null;
  open = live.items;
  draw();
  later();
}

/** A page that nobody looks at does not ask. */
function later() {
  clearTimeout(timer);
  if (document.hidden || view.view === 'spend') return;
  timer = setTimeout(() => look().catch(later), lookMilliseconds);
}

function draw() {
  if (place.firstChild !== list) fill(place, list);
  list.state = { open: view.view === 'newest' && !isFiltered(view) ? open : [], items: rows, next, names, empty: empty() };
}

function empty() {
  if (isFiltered(view)) return 'No call fits these filters.';
  if (view.view === 'failed') return 'No call has failed.';
  return 'No model has been asked yet. Calls of turns, of programs at /v1 and of the terminal are listed here as they are made.';
}

function change(part) {
  view = { ...view, ...part };
  history.replaceState(null, '', addressOf(view));
  rows = [];
  next = null;
  drawBars();
  look().then(drawFilters, problem => shell.toast(explain(problem), { tone: 'bad' }));
}

function drawBars() {
  if (!viewBar.firstChild) fill(viewBar, segmented('Which calls', views, view.view, name => change({ view: name })));
  const chosen = viewBar.querySelector(`input[value="${view.view}"]`);
  if (chosen) chosen.checked = true;
  drawFilters();
}

function drawFilters() {
  if (filterBar.contains(document.activeElement)) return;
  if (view.view === 'spend') {
    return fill(filterBar, segmented('How long', spans, view.span, span => change({ span })));
  }
  const models = [...new Set([...rows.map(row => row.model), view.model].filter(Boolean))].sort();
  fill(filterBar,
    pick('model', 'All models', models.map(one => [one, one])),
    pick('surface', 'From everywhere', ['tabletop', 'gateway', 'workbench'].map(one => [one, surfaceWord(one)])),
    (names.keys.size > 0 || view.key) && pick('key', 'All keys', [...new Map([...view.key ? [[view.key, 'Unknown key']] : [], ...names.keys])]),
    isFiltered(view) && button('Clear', { icon: 'x', kind: 'bare', onclick: clear }));
}

function pick(name, all, options) {
  const select = h('select', {
    class: 'input', 'aria-label': all, onchange: () => { select.blur(); change({ [name]: select.value || undefined }); },
  }, h('option', { value: '' }, all),
  options.map(([value, text]) => h('option', { value, selected: view[name] === value }, text)));
  return select;
}

function clear() {
  change({ model: undefined, surface: undefined, key: undefined });
}

async function older() {
  list.isLoadingOlder = true;
  try {
    const page = await get(`/model-calls?${listQuery(view, { limit: pageSize, before: next })}`);
    rows = withPage(rows, page.items);
    next = page.next ?? null;
    draw();
  } catch (problem) {
    shell.toast(explain(problem), { tone: 'bad' });
  }
  list.isLoadingOlder = false;
}

/** Opens a call beside the list; the address names it as long as it is open. */
function show(id) {
  const isStep = id !== null && !view.call;
  view = { ...view, call: id ?? undefined };
  history[isStep ? 'pushState' : 'replaceState'](null, '', addressOf(view));
  follow();
}

function follow() {
  list.selected = view.call ?? null;
  if (!view.call) return inspector.close?.();
  shell.load(() => import('../components/x-call-trace.js'),
    ({ showCall }) => showCall(inspector, view.call, { names, dismissed: () => show(null) }));
}

place.addEventListener('click', event => {
  const link = event.target.closest('a[data-call]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.dataset.call);
});
list.addEventListener('older', older);
window.addEventListener('popstate', () => {
  const before = view;
  view = viewOf(location.search);
  if (before.call !== view.call) return follow();
  drawBars();
  look().catch(() => feed.renew());
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) look().catch(later); });

registerListKeys('.call-row', 'call');
const turnTo = (name, title, keys) => ({
  id: `calls.${name}`, title, keys, group: 'This page', icon: 'runs', run: () => change({ view: name }),
});
commands.register(
  { id: 'open', title: 'Open the call', keys: 'Enter', group: 'This page' },
  turnTo('newest', 'Show the newest calls', 'N'), turnTo('slowest', 'Show the slowest calls', 'L'),
  turnTo('failed', 'Show failed calls', 'F'), turnTo('spend', 'Show the spending', 'E'));
drawBars();
if (view.call) follow();
