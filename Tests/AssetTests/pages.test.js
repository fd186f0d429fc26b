// What no test of a function sees: the files as a whole.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { posix } from 'node:path';

const web = fileURLToPath(new URL('../../Sources/CWebAssets/web/', import.meta.url));
const read = path => readFileSync(web + path, 'utf8');
const list = folder => readdirSync(web + folder).map(name => `${folder}/${name}`);
const pages = list('pages').filter(path => path.endsWith('.html'));
const modules = ['lib', 'components', 'pages'].flatMap(list).filter(path => path.endsWith('.js'));
const firstViewBytesMax = 60_000;

/** The modules that a module imports before it runs, itself included. */
function graph(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, path] of read(entry).matchAll(/^import\s(?:[^'";]*\sfrom\s)?'(\.[^']+)';$/gm)) {
    graph(posix.join(posix.dirname(entry), path), seen);
  }
  return seen;
}
const entryOf = page => /<script type="module" src="\/assets\/(pages\/[a-z-]+\.js)">/.exec(read(page))[1];

for (const page of pages) {
  test(`${page} preloads all its modules, and nothing else`, () => {
    const preloaded = [...read(page).matchAll(/<link rel="modulepreload" href="\/assets\/([^"]+)">/g)].map(match => match[1]);
    const needed = [...graph(entryOf(page))].filter(path => path !== entryOf(page)).sort();
    assert.deepEqual(preloaded, needed);
  });

  test(`${page} runs less than ${firstViewBytesMax} bytes of script for its first view`, () => {
    const bytes = [...graph(entryOf(page)), 'lib/theme.js'].reduce((sum, path) => sum + readFileSync(web + path).length, 0);
    assert.ok(bytes < firstViewBytesMax, `${bytes} bytes`);
  });

  test(`${page} asks only for files that are there, and holds nothing the policy forbids`, () => {
    const html = read(page);
    for (const [, path] of html.matchAll(/(?:src|href)="\/assets\/([^"#]+)/g)) assert.ok(existsSync(web + path), path);
    // A link that somebody may follow is no request.
    const own = html.replace(/<a href="https:\/\/[^"]+" rel="noreferrer">https:[^<]+<\/a>/g, '');
    assert.doesNotMatch(own, /<script>|<style|\sstyle=|\son[a-z]+=|https?:\/\//);
    assert.equal([...html.matchAll(/<h1[ >]/g)].length, 1);
  });
}

test('the pages of the workspace share one frame', () => {
  const frame = page => read(page).slice(read(page).indexOf('<body>')).replace(' aria-current="page"', '').replace(/<h1>.*<\/h1>/, '').replace(/<main.*<\/main>/s, '');
  const frames = pages.filter(page => !/sign-in|start/.test(page)).map(frame);
  assert.equal(new Set(frames).size, 1);
});

test('the about page gives credit in the words of NOTICE', () => {
  const flat = text => text.replace(/\s+/g, ' ');
  const notice = flat(readFileSync(fileURLToPath(new URL('../../NOTICE', import.meta.url)), 'utf8'));
  const credit = flat(/<p class="attribution">(.*?)<\/p>/s.exec(read('pages/about.html'))[1].replace(/<[^>]+>/g, ''));
  assert.ok(credit.length > 200 && notice.includes(credit), credit);
});

test('every drawing that is asked for is in the file, and every drawing in it is asked for', () => {
  const drawn = new Set([...read('icons.svg').matchAll(/<symbol id="([^"]+)"/g)].map(match => match[1]));
  const source = [...modules, ...pages].map(read).join('\n');
  const asked = [/\b(?:icon|status)\('([a-z-]+)'/g, /icon: '([a-z-]+)'/g, /icons\.svg#([a-z]+)"/g];
  for (const [, name] of asked.flatMap(pattern => [...source.matchAll(pattern)])) assert.ok(drawn.has(name), name);
  for (const name of drawn) assert.ok(/^d\d+$/.test(name) || new RegExp(`['#]${name}['"]`).test(source), name);
});

test('every element that is made is defined', () => {
  const source = [...modules, ...pages].map(path => [path, read(path)]);
  const defined = new Set(source.flatMap(([, text]) => [...text.matchAll(/customElements\.define\('(x-[a-z-]+)'/g)].map(match => match[1])));
  for (const [path, text] of source) {
    for (const [, name] of text.matchAll(/(?:h\('|<)(x-[a-z-]+)['> ]/g)) assert.ok(defined.has(name), `${name} in ${path}`);
  }
});

test('every name that is imported is exported where it is asked for, and used', () => {
  const exportsOf = path => new Set([...read(path).matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map(match => match[1]));
  for (const path of modules) {
    const code = read(path);
    for (const [line, names, from] of code.matchAll(/^import \{ ([^}]+) \} from '([^']+)';$/gm)) {
      const exported = exportsOf(posix.join(posix.dirname(path), from));
      for (const name of names.split(/,\s+/)) {
        assert.ok(exported.has(name), `${path} imports ${name} from ${from}`);
        assert.ok(new RegExp(`\\b${name}\\b`).test(code.replace(line, '')), `${path} does not use ${name}`);
      }
    }
  }
});

test('every module is reached from a page', () => {
  const reached = new Set(['lib/theme.js']);
  const visit = path => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const [, from] of read(path).matchAll(/(?:^import\s(?:[^'";]*\sfrom\s)?|import\()'(\.[^']+)'/gm)) visit(posix.join(posix.dirname(path), from));
  };
  // The shell fetches these by name.
  ['components/x-palette.js', 'components/x-help.js', ...pages.map(entryOf)].forEach(visit);
  assert.deepEqual(modules.filter(path => !reached.has(path)), []);
});

test('nothing makes markup out of text, and nothing leaves the origin', () => {
  for (const path of modules) {
    const code = read(path);
    assert.doesNotMatch(code, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|new Function|\beval\(|setHTML/, path);
    assert.doesNotMatch(code, /['"`]https?:\/\/(?!www\.w3\.org\/2000\/svg')/, path);
  }
});

test('style sheets use only values that are defined, and define only values that are used', () => {
  const css = list('css').map(read).join('\n');
  const defined = new Set([...css.matchAll(/^\s*(--[a-z0-9-]+):/gm), ...css.matchAll(/[{;]\s*(--[a-z0-9-]+):/g)].map(match => match[1]));
  const used = new Set([...css.matchAll(/var\((--[a-z0-9-]+)/g)].map(match => match[1]));
  assert.deepEqual([...used].filter(name => !defined.has(name)), []);
  assert.deepEqual([...defined].filter(name => !used.has(name)), []);
});
