// Odds in figures and words. No DOM.

/** Bars that a chart shows at most; beyond them neighbours share one. */
export const barsMax = 200;

/** 0.305 → "30.5 %"; what is there is never shown as nothing, and what may fail never as certain. */
export function percent(share) {
  const number = share * 100;
  if (share === 0) return '0 %';
  if (number < 0.005) return '<0.01 %';
  if (share < 1 && number > 99.995) return '>99.99 %';
  return share === 1 ? '100 %' : `${number.toFixed(number < 9.995 || number > 99.9 ? 2 : 1)} %`;
}

/** The chance of a total or a higher one. */
export function atLeast(outcomes, total) {
  return outcomes.find(one => one.total >= total)?.atLeast ?? 0;
}

/** How a total stands among all, as the server says it on cards: "top 29 %"; null where only one can come. */
export function percentile(outcomes, total) {
  if (outcomes.length < 2) return null;
  const above = atLeast(outcomes, total);
  const below = outcomes.reduce((sum, one) => one.total <= total ? sum + one.chance : sum, 0);
  const share = Math.min(above, below);
  const tenths = Math.round(share * 1000);
  const number = tenths < 1 ? '<0.1' : tenths < 100 ? `${tenths / 10}` : `${Math.round(share * 100)}`;
  return `${above <= below ? 'top' : 'bottom'} ${number} %`;
}

/** Bars of a chart, each `{ first, last, chance }`: one for each total between the ends, or for as many as fit. */
export function bars(outcomes) {
  const min = outcomes[0].total;
  const span = outcomes.at(-1).total - min + 1;
  const width = Math.ceil(span / barsMax);
  const all = Array.from({ length: Math.ceil(span / width) }, (_, at) => ({
    first: min + at * width, last: Math.min(min + (at + 1) * width, min + span) - 1, chance: 0,
  }));
  for (const { total, chance } of outcomes) all[Math.floor((total - min) / width)].chance += chance;
  return all;
}
