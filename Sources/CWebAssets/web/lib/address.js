// The journal row in the address, ?row=41: it can be linked, and Back closes it.

/** The row that the address names, or null. */
export function rowInAddress(search = location.search) {
  const text = new URLSearchParams(search).get('row') ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

/** Puts a row into the address, or takes it out, and tells `onrow`'s listeners. */
export function goToRow(number) {
  if (number === rowInAddress()) return;
  const address = new URL(location.href);
  if (number === null) address.searchParams.delete('row');
  else address.searchParams.set('row', number);
  // From one row to another is no new step: Back then leaves the inspector rather than turning all its pages.
  const isStep = number !== null && rowInAddress() === null;
  history[isStep ? 'pushState' : 'replaceState'](null, '', address);
  document.dispatchEvent(new CustomEvent('row'));
}

/** Calls `show` with the row now, if there is one, and whenever it changes. */
export function onRow(show) {
  const tell = () => show(rowInAddress());
  document.addEventListener('row', tell);
  window.addEventListener('popstate', tell);
  if (rowInAddress() !== null) tell();
}

/** A link to a journal row that opens it beside the page. */
export function openRowOnClick(event) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest('a[data-row]');
  if (!link) return;
  event.preventDefault();
  goToRow(Number(link.dataset.row));
}
