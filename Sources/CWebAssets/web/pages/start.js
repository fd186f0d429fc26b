// The first page: a key, a model on this machine, or none; then the sample campaign, unless there is one to play.

import '../components/x-key-form.js';
import '../components/x-local-servers.js';
import { h, fill } from '../lib/h.js';
import { icon, setBusy } from '../lib/ui.js';
import { get, request } from '../lib/api.js';
import { explain } from '../lib/problem.js';
import { importSample } from '../lib/sample-campaign.js';

const say = document.querySelector('#say');
const without = document.querySelector('#without');

async function begin() {
  fill(say, h('span', { class: 'quiet' }, 'Setting the scene…'));
  try {
    const { items } = await get('/campaigns?limit=1');
    location.assign(`/play?campaign=${items[0]?.id ?? await importSample()}`);
  } catch (problem) {
    complain(problem);
  }
}

function complain(problem) {
  if (problem.status === 401) return location.assign('/sign-in');
  fill(say, h('span', { class: 'form-error' }, icon('alert'), h('span', {}, explain(problem))));
  say.scrollIntoView({ block: 'nearest' });
}

for (const name of ['x-key-form', 'x-local-servers']) document.querySelector(name).addEventListener('connected', begin);
without.addEventListener('click', async () => {
  if (without.getAttribute('aria-disabled') === 'true') return;
  setBusy(without, true);
  try {
    await request('PUT', '/models/chosen', { body: { builtIn: true } });
    await begin();
  } catch (problem) {
    complain(problem);
  }
  setBusy(without, false);
});
