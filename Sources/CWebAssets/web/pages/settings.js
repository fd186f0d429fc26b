// The settings page: the workspace, its models, routes, kept answers, keys and budgets, this browser, the session, fair dice.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import '../components/x-workspace-name.js';
import '../components/x-fairness.js';
import { h, fill } from '../lib/h.js';
import { facts } from '../lib/facts.js';
import { button, icon, said, segmented } from '../lib/ui.js';
import { get, post, request } from '../lib/api.js';
import { confirm } from '../lib/confirm.js';
import { reduce } from '../lib/fairness.js';
import { fullTime } from '../lib/format.js';
import { registerListKeys } from '../lib/keyboard.js';
import { startPage } from '../lib/page.js';
import { preference, setPreference } from '../lib/preferences.js';
import { explain } from '../lib/problem.js';
import { Submission } from '../lib/submission.js';

const shell = document.querySelector('x-shell');
const workspaceName = shell.querySelector('x-workspace-name');
const fairness = shell.querySelector('x-fairness');
const session = shell.querySelector('.session');
const look = shell.querySelector('.look');
const [models, routeList, cacheCard, keyList, budgetList]
  = ['x-models', 'x-routes', 'x-cache', 'x-gateway-keys', 'x-budgets'].map(name => shell.querySelector(name));
const lookMilliseconds = 10_000;
const names = { keys: new Map(), people: new Map() };
let me = null;
let isOwner = false;
let timer;

const parts = shell.load(() => Promise.all([
  import('../components/x-models.js'), import('../components/x-routes.js'), import('../components/x-cache.js'),
  import('../components/x-gateway-keys.js'), import('../components/x-budgets.js'),
]), () => {});

const feed = startPage(shell, {
  session: person => {
    workspaceName.isAllowed = person.role === 'owner';
    fairness.isOwner = person.role === 'owner';
    fairness.workspace = person.workspace.id;
    me = person.person;
    isOwner = person.role === 'owner';
    names.people.set(me.id, me.name);
    showSession(person);
    if (shownBudgets) showBudgets(shownBudgets);
    if (shownRoutes) showRouteList();
    if (shownCache) showCacheCard();
  },
  workspace: place => { workspaceName.workspace = place; },
  async snapshot() {
    const cursors = await Promise.all([showFairness(), showSpending(), showRoutes(), showCache()]);
    later();
    return cursors.flat();
  },
  onevent(event) {
    if (event.topic === 'models') {
      parts.then(() => models.load());
      showRoutes().catch(() => {});
    }
    if (event.topic === 'gateway' || event.topic === 'budgets') showSpending().catch(() => {});
    if (event.type === 'cache.emptied') showCache().catch(() => {});
    if (event.topic !== 'fairness') return;
    const next = reduce(fairness.state, event);
    if (next) fairness.state = next;
    else showFairness().catch(() => feed.renew());
  },
});

/** Fetches keys and budgets, which know one another by name, and shows both. A mere look leaves alone what is being used. */
async function showSpending({ isLook = false } = {}) {
  const [keys, budgets] = await Promise.all([
    get('/gateway-keys').catch(problem => { if (problem.status === 403) return null; throw problem; }), get('/budgets'),
  ]);
  names.keys = new Map(keys?.items.filter(key => !key.revokedAt).map(key => [key.id, key.name]));
  await parts;
  const isUsed = list => isLook && document.activeElement?.closest('li') && list.contains(document.activeElement);
  if (!isUsed(keyList)) keyList.keys = keys?.items ?? null;
  if (!isUsed(budgetList)) showBudgets(budgets.items);
  return [keys?.cursor, budgets.cursor].filter(Boolean);
}

let shownBudgets = null;
function showBudgets(items) {
  shownBudgets = items;
  parts.then(() => { budgetList.state = { items, names, isOwner, me }; });
}

/** What calls do to budgets, to connections and to the cache is told by no event: it is looked at while somebody is here. */
function later() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    if (!document.hidden && document.documentElement.dataset.feed === 'live') {
      await Promise.all([showSpending({ isLook: true }), showCache(), models.look?.()]).catch(() => {});
    }
    later();
  }, lookMilliseconds);
}

/** Fetches the routes and what they can be made of. */
async function showRoutes() {
  const [routes, list] = await Promise.all([get('/routes'), get('/models')]);
  shownRoutes = { items: routes.items, assignments: routes.assignments, models: list };
  await showRouteList();
  return [routes.cursor, list.cursor];
}

let shownRoutes = null;
async function showRouteList() {
  await parts;
  routeList.state = { ...shownRoutes, isOwner };
}

/** Fetches what the cache holds. */
async function showCache() {
  shownCache = await get('/cache');
  await showCacheCard();
  return [];
}

let shownCache = null;
async function showCacheCard() {
  await parts;
  cacheCard.state = { cache: shownCache, isOwner };
}

async function showFairness() {
  const state = await get('/fairness');
  fairness.state = state;
  return [state.cursor];
}

function showSession({ person, role, createdAt, expiresAt }) {
  fill(session,
    facts([
      ['Signed in as', said(person.name)], ['Role', role],
      createdAt && ['Since', fullTime(createdAt)], expiresAt && ['Until', fullTime(expiresAt)],
    ]),
    button('Sign out', { icon: 'leave', onclick: signOut }));
}

async function signOut() {
  try {
    await request('DELETE', '/session');
    location.assign('/sign-in');
  } catch (problem) {
    if (problem.status === 401) location.assign('/sign-in');
    else shell.toast(explain(problem), { tone: 'bad' });
  }
}

const rotating = new Submission((input, key) => post('/fairness/rotations', input, key));
fairness.addEventListener('rotate', async () => {
  const goOn = await confirm({
    title: 'Rotate the seed?', verb: 'Make public and rotate',
    text: [
      h('p', {},
        'The secret of the seed in use becomes public, so that everybody can check the rolls made from it. A new ',
        'seed is fixed, and its commitment published.'),
      h('p', { class: 'quiet' },
        'This cannot be undone. Contributions belong to the old seed; the new one begins without any.'),
    ],
  });
  if (!goOn) return;
  try {
    const answer = await rotating.send({});
    if (!answer) return;
    await showFairness();
    shell.toast(`Seed ${answer.committed.number} is in use; the one before is public.`);
  } catch (problem) {
    shell.toast(explain(problem), { tone: 'bad' });
  }
});

function showLook() {
  const row = (title, control) => h('div', { class: 'look-row' }, h('span', { 'aria-hidden': 'true' }, title), control);
  const choice = (name, title, options) => row(title,
    segmented(title, options, preference(name), value => setPreference(name, value)));
  fill(look,
    choice('theme', 'Theme', [['auto', 'System'], ['light', 'Light'], ['dark', 'Dark']]),
    choice('density', 'Density', [['compact', 'Compact'], ['comfortable', 'Comfortable']]),
    choice('letters', 'Single-letter keys', [['on', 'On'], ['off', 'Off']]));
}

showLook();
for (const list of [keyList, budgetList]) list.addEventListener('changed', () => showSpending().catch(() => {}));
cacheCard.addEventListener('changed', () => showCache().catch(() => {}));
routeList.addEventListener('changed', () => showRoutes().catch(() => {}));
// Changed elsewhere, by a key for one: a control that is being used is left alone.
document.addEventListener('preference', () => { if (!look.contains(document.activeElement)) showLook(); });
registerListKeys('.panel', 'section');
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
