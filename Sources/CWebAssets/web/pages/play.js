// The play page: the story of a campaign, live; what is done next; who is in the scene.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import '../components/x-story.js';
import '../components/x-composer.js';
import { fill } from '../lib/h.js';
import { get, post } from '../lib/api.js';
import { startPage } from '../lib/page.js';
import { preference } from '../lib/preferences.js';
import { explain } from '../lib/problem.js';
import { choices, newestUndoable, noRuns, reduce, running, runsMax, snapshot, withNewRun,
  withPage } from '../lib/runs.js';
import { moment, reduceScene } from '../lib/scene.js';
import { Submission } from '../lib/submission.js';

const pageSize = 20;
const shell = document.querySelector('x-shell');
const main = shell.querySelector('main');
const [story, composer, sheet] = ['x-story', 'x-composer', 'x-sheet'].map(name => shell.querySelector(name));
const address = new URLSearchParams(location.search);
let state = noRuns;
let campaign = null;
let isEditor = false;
// What could be said first.
let beginnings = [];

const feed = startPage(shell, {
  session: ({ role }) => {
    isEditor = role !== 'viewer';
    composer.isAllowed = isEditor;
    if (campaign) show(state);
  },
  async snapshot() {
    const all = await get('/campaigns?limit=200');
    const chosen = all.items.find(one => one.id === address.get('campaign')) ?? all.items[0];
    main.dataset.state = chosen ? 'playing' : 'empty';
    if (!chosen) {
      shell.load(() => import('../lib/no-campaign.js'),
        ({ showNoCampaign }) => showNoCampaign(shell, main.querySelector('.play-empty')));
      return [all.cursor];
    }
    const [shown, runs] = await Promise.all([
      get(`/campaigns/${chosen.id}`), get(`/campaigns/${chosen.id}/runs?limit=${pageSize}`),
    ]);
    shell.load(() => import('../lib/scene-bar.js'), ({ showSceneBar }) => showSceneBar(shell, all.items, campaign,
      () => show(state)));
    shell.load(() => import('../lib/speaker.js'), ({ showSpeaker }) => showSpeaker(composer));
    campaign = shown.campaign;
    composer.campaign = campaign.id;
    show(snapshot(runs));
    if (address.get('run')) act('inspect', { id: address.get('run') });
    return [shown.cursor, runs.cursor];
  },
  onevent(event) {
    if (event.type === 'campaign.imported' || event.type === 'campaign.removed') return location.reload();
    if (!campaign || event.topic !== `campaigns/${campaign.id}`) return;
    campaign = reduceScene(campaign, event);
    const next = reduce(state, event);
    if (!next || next.items.length > runsMax) return feed.renew();
    const before = event.type === 'run.changed' && state.items.find(run => run.id === event.payload.run.id);
    show(next);
    if (before) ended(before, event.payload.run);
    document.dispatchEvent(new CustomEvent('run', { detail: event }));
  },
});

/** What draws turns and the sheet is fetched when there is something to draw. */
async function show(next) {
  state = next;
  fill(main.querySelector('.scene-time'), moment(campaign.time));
  composer.isBusy = running(state) !== null;
  if (sheet.checkVisibility()) shell.load(() => import('../components/x-sheet.js'),
    () => { sheet.campaign = campaign; });
  await shell.load(() => import('../lib/starters.js'), ({ starters }) => { beginnings = starters(campaign); });
  if (state.items.length) await shell.load(() => import('../components/x-turn.js'), () => {});
  story.show(state, { opening: campaign.opening, format: preference('cards'), next: nextChoices() });
}

function nextChoices() {
  if (!isEditor || running(state)) return [];
  const offered = choices(state);
  return offered.length ? offered : beginnings;
}

/** Says the end of a turn that was seen under way, and gives back words that nothing was done with. */
async function ended(before, run) {
  if (before.stage == null || run.stage != null) return;
  const { endWords, givesBack } = await import('../lib/run-words.js');
  shell.announce(endWords(run));
  if (givesBack(run) && composer.isEmpty) composer.write(run.text, run.mode);
}

const taking = new Submission((input, key) => post(`/campaigns/${campaign.id}/runs`, input, key));

/** Asks for a turn; true once the server has it. */
async function take(input) {
  composer.say('');
  try {
    const run = await taking.send(input);
    if (!run) return false;
    story.follow();
    show(withNewRun(state, run));
    return true;
  } catch (problem) {
    if (problem.code === 'turn_in_progress') story.follow();
    composer.say(problem.errors?.length ? problem.errors.map(one => one.message).join(' ') : explain(problem));
    return false;
  }
}

/** Does one of `lib/turn-actions.js`. */
function act(name, run) {
  shell.load(() => import('../lib/turn-actions.js'), actions => actions[name](shell, run));
}

const stop = () => { if (running(state)) act('stop', running(state)); };

composer.addEventListener('send', async ({ detail }) => {
  if (await take(detail)) composer.sent(detail.text);
});
composer.addEventListener('stop', stop);
story.addEventListener('choose', ({ detail }) => choose(detail));
for (const name of ['stop', 'inspect', 'again', 'undo']) {
  story.addEventListener(name, ({ detail }) => act(name, detail));
}
story.addEventListener('write', ({ detail }) => {
  composer.write(detail.text, detail.mode);
  composer.area.focus();
});
story.addEventListener('older', async () => {
  story.isLoadingOlder = true;
  try {
    await show(withPage(state, await get(`/campaigns/${campaign.id}/runs?limit=${pageSize}&before=${state.next}`)));
  } catch (problem) {
    shell.toast(explain(problem), { tone: 'bad' });
  }
  story.isLoadingOlder = false;
});

function choose(text) {
  if (text) take({ mode: 'act', text });
}

function showSheet() {
  if (campaign) shell.load(() => import('../lib/scene-panel.js'), panel => panel.showSheet(shell, () => campaign));
}

main.querySelector('.show-sheet').addEventListener('click', showSheet);
new ResizeObserver(() => { if (campaign) show(state); }).observe(main.querySelector('.play-side'));
shell.load(() => import('../lib/play-keys.js'), ({ registerPlayKeys }) => registerPlayKeys(shell, {
  choose: at => choose(campaign && nextChoices()[at]), write: () => composer.area.focus(), act, showSheet, stop,
  newest: () => state.items.at(-1), undoable: () => newestUndoable(state),
}));
