// The about page: the version; everything else stands in the document.

import '../components/x-shell.js';
import '../components/x-toast.js';
import '../components/x-connection.js';
import { get } from '../lib/api.js';
import { fill } from '../lib/h.js';
import { registerListKeys } from '../lib/keyboard.js';
import { startPage } from '../lib/page.js';

const shell = document.querySelector('x-shell');

startPage(shell, {
  async snapshot() {
    const { version } = await get('/version');
    fill(shell.querySelector('.version'), `Version ${version}`);
    return [];
  },
  onevent() {},
});
registerListKeys('.panel', 'section');
