// What every page does: who is here, one event stream, the banner, the inspector.

import { get } from './api.js';
import { onRow, openRowOnClick, rowInAddress } from './address.js';
import { formatCursor, mergeCursors } from './cursor.js';
import { Feed } from './events.js';

// A page that nobody sees gives its connection back: browsers allow six to a server. Coming back resumes.
const hiddenMilliseconds = 30_000;

/**
 * Starts the page in `shell`.
 *
 * `snapshot()` fetches and shows what the page is about and resolves to its cursors; `onevent` gets what follows.
 * `session` hears who is signed in, `workspace` what it is called. Returns the feed.
 */
export function startPage(shell, { snapshot, onevent, session = () => {}, workspace = () => {} }) {
  const feed = new Feed({
    async snapshot() {
      const [person, place, cursors] = await Promise.all([get('/session'), get('/workspace'), snapshot()]);
      shell.session = person;
      shell.workspaceName = place.name;
      session(person);
      workspace(place);
      return formatCursor(mergeCursors(place.cursor, ...cursors));
    },
    probe: () => get('/session'),
    onevent(event) {
      if (event.type === 'workspace.renamed') {
        shell.workspaceName = event.payload.name;
        workspace(event.payload);
      }
      onevent(event);
    },
    onstate: state => {
      document.documentElement.dataset.feed = state.name;
      shell.querySelector('x-connection').show(state, () => feed.start());
    },
  });
  followVisibility(feed);
  followRows(shell);
  feed.start();
  return feed;
}

function followVisibility(feed) {
  let timer;
  const resume = () => { if (feed.state === 'paused') feed.start(); };
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => feed.pause(), hiddenMilliseconds);
    else resume();
  });
  window.addEventListener('online', () => { if (feed.state === 'lost') feed.start(); });
  window.addEventListener('pagehide', () => feed.pause());
  window.addEventListener('pageshow', event => { if (event.persisted) resume(); });
}

/** Opens the row of the address in the inspector. */
function followRows(shell) {
  const inspector = shell.querySelector('x-inspector');
  document.addEventListener('click', openRowOnClick);
  onRow(number => {
    if (number === null) return inspector.close?.();
    shell.load(() => import('../components/x-journal-entry.js'), ({ showJournalEntry }) => {
      if (number === rowInAddress()) showJournalEntry(inspector, number);
    });
  });
}
