// What the calls page shows, as its address says it. No DOM.

export const views = [['newest', 'Newest'], ['slowest', 'Slowest'], ['failed', 'Failed'], ['spend', 'Spending']];
export const spans = [['month', 'This month'], ['30', '30 days'], ['90', '90 days']];

const filters = ['model', 'surface', 'key'];
const longest = 200;

/** `{ view, span, model, surface, key, call }` of a query; what is not known there is left out. */
export function viewOf(search) {
  const query = new URLSearchParams(search);
  const chosen = (name, options) => options.find(([value]) => value === query.get(name))?.[0] ?? options[0][0];
  const view = { view: chosen('view', views), span: chosen('span', spans) };
  for (const name of [...filters, 'call']) {
    const value = query.get(name);
    if (value && value.length <= longest) view[name] = value;
  }
  return view;
}

/** The address of a view: what is as usual is not in it. */
export function addressOf(view) {
  const query = new URLSearchParams();
  if (view.view !== views[0][0]) query.set('view', view.view);
  if (view.view === 'spend' && view.span !== spans[0][0]) query.set('span', view.span);
  for (const name of view.view === 'spend' ? [] : filters) if (view[name]) query.set(name, view[name]);
  if (view.call) query.set('call', view.call);
  const text = query.toString();
  return text ? `/calls?${text}` : '/calls';
}

/** The query of `GET /model-calls` for a view. */
export function listQuery(view, { limit, before } = {}) {
  const query = new URLSearchParams({ limit });
  if (view.view === 'slowest') query.set('order', 'slowest');
  if (view.view === 'failed') query.set('failed', 'true');
  for (const name of filters) if (view[name]) query.set(name, view[name]);
  if (before) query.set('before', before);
  return query.toString();
}

export function isFiltered(view) {
  return filters.some(name => view[name]);
}

/** Rows with an older page after them. */
export function withPage(rows, page) {
  const known = new Set(rows.map(row => row.id));
  return [...rows, ...page.filter(row => !known.has(row.id))];
}

/** Rows with what a look at the newest ones brought; those that were there stay below. */
export function withNewest(rows, newest) {
  const fresh = new Set(newest.map(row => row.id));
  const last = newest.at(-1)?.id;
  // Ids begin with their time: what is younger than the look's last row and not in it is gone.
  return [...newest, ...rows.filter(row => !fresh.has(row.id) && (last === undefined || row.id < last))];
}
