// The page to compose a proposal by hand: forms made of the operations' schemas, checked while they are filled in.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import { get } from '../lib/api.js';
import { startPage } from '../lib/page.js';
import { reduceScene } from '../lib/scene.js';

const shell = document.querySelector('x-shell');
const main = shell.querySelector('main');
const address = new URLSearchParams(location.search);
let campaign = null;
let editor = null;
let isEditor = true;

startPage(shell, {
  session: ({ role }) => {
    isEditor = role !== 'viewer';
    if (editor) editor.isAllowed = isEditor;
  },
  async snapshot() {
    const all = await get('/campaigns?limit=200');
    const chosen = all.items.find(one => one.id === address.get('campaign')) ?? all.items[0];
    main.querySelector('.propose').dataset.state = chosen ? 'composing' : 'empty';
    if (!chosen) return [all.cursor];
    const [shown, catalogue] = await Promise.all([get(`/campaigns/${chosen.id}`), editor ? null : get('/operations')]);
    campaign = shown.campaign;
    await shell.load(() => import('../lib/proposal-editor.js'), ({ ProposalEditor }) => {
      editor ??= new ProposalEditor(shell, catalogue.items, campaign);
      editor.campaign = campaign;
      editor.isAllowed = isEditor;
    });
    return [shown.cursor];
  },
  onevent(event) {
    if (!campaign || event.topic !== `campaigns/${campaign.id}`) return;
    campaign = reduceScene(campaign, event);
    if (editor) editor.campaign = campaign;
  },
});
