// The campaign that comes with the program.

import { get, post } from './api.js';
import { Submission } from './submission.js';

const importing = new Submission((campaign, key) => post('/campaigns', campaign, key));

/** Brings the sample in and resolves to its id, also when it was there already. */
export async function importSample() {
  const { campaign } = await get('/sample-campaign');
  try {
    await importing.send(campaign);
  } catch (problem) {
    if (!problem.errors.some(one => one.pointer === '/id' && one.code === 'taken')) throw problem;
  }
  return campaign.id;
}
