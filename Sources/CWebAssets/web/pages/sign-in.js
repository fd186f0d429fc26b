// The sign-in page: takes the one-time code out of the address, or out of a field, and trades it for a session.

import { h, fill } from '../lib/h.js';
import { complain, icon, setBusy } from '../lib/ui.js';
import { post } from '../lib/api.js';
import { codeIn, signInAdvice } from '../lib/sign-in-code.js';

const form = document.querySelector('form');
const input = document.querySelector('#code');
const submit = form.querySelector('button');
const say = document.querySelector('#say');

form.addEventListener('submit', event => {
  event.preventDefault();
  signIn(input.value);
});
input.addEventListener('input', () => complain(input));
// A link opened on a page that is open already changes the fragment only.
window.addEventListener('hashchange', takeFromAddress);
takeFromAddress();

/** The code is gone from the address and the history before anything is sent. */
function takeFromAddress() {
  const code = codeIn(location.hash);
  if (location.hash) history.replaceState(null, '', location.pathname);
  if (code) signIn(code);
  else if (!say.childElementCount) input.focus();
}

async function signIn(text) {
  const code = codeIn(text);
  if (!code) {
    complain(input, ['Paste the whole link that “arbiter link” printed, or the code after its #.']);
    return input.focus();
  }
  if (submit.getAttribute('aria-disabled') === 'true') return;
  setBusy(submit, true);
  fill(say, h('p', { class: 'quiet' }, 'Signing in…'));
  try {
    await post('/sessions', { code });
    location.replace('/');
  } catch (problem) {
    setBusy(submit, false);
    // A code that may still be good stays in the field to be tried again.
    input.value = problem.isOutcomeUnknown || problem.status === 429 ? code : '';
    fill(say, h('p', { class: 'form-error', role: 'alert' }, icon('alert'), h('span', {}, signInAdvice(problem))));
    input.focus();
  }
}
