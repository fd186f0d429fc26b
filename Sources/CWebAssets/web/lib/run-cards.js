// The operations of a turn as cards: what each came to, in a title, a line and a result. No DOM.

import { signed, titled } from './amounts.js';
import { count } from './format.js';
import { moment } from './scene.js';

const icons = {
  dice: 'dice', attack: 'sword', shield: 'shield', damage: 'flame', heal: 'heart', condition: 'tag', resource: 'coin',
  time: 'clock', note: 'info',
};
const fallbackTitles = {
  roll_dice: 'Dice', roll_attack: 'Attack', roll_saving_throw_batch: 'Saving throws', apply_damage: 'Damage',
  heal: 'Healing', apply_condition: 'Condition', consume_resource: 'Resource', advance_time: 'Time',
};
const statuses = {
  skipped: ['skip', 'Skipped', ''], refused: ['fail', 'Refused', 'bad'], rolled_back: ['undo', 'Taken back', ''],
  not_reached: ['skip', 'Not reached', ''], not_checked: ['skip', 'Not checked', ''],
};

/**
 * The cards of a turn, each `{ operation, icon, title, line, result, unit, chance, status, message, journal, faults }`,
 * with `rolls`, `table` and `notes` to be shown when it is opened. `status` is null for what was executed.
 */
export function cards({ operations }) {
  return operations.map(card);
}

/** The proposal that was executed, or tried last; null where there was none. */
export function proposalOf({ proposal, attempts = [] }) {
  return proposal ?? attempts.findLast(one => one.proposal)?.proposal ?? null;
}

/** One operation as a card; also of a rehearsal. */
export function card(step) {
  const { operation, display, output, status, journal = null, errors = [] } = step;
  const base = {
    operation, icon: icons[display?.icon] ?? 'info', title: fallbackTitles[operation] ?? titled(operation),
    line: display?.message ?? errors[0]?.message ?? '', result: display?.compact ?? '', unit: '', chance: display?.chance ?? '',
    message: display?.message ?? '', status: statuses[status] ?? null, journal, faults: errors,
    rolls: [], table: null, notes: [],
  };
  if (!output || !presenters[operation]) return base;
  try {
    return { ...base, ...presenters[operation](output) };
  } catch {
    // An output of another version: what the server says of it in words is shown.
    return base;
  }
}

/**
 * What a turn is called: what its first spending or rolling step was for, else the person's words, else how many steps
 * it has.
 */
export function headline(run) {
  const steps = proposalOf(run)?.operations ?? [];
  const purposes = steps.filter(one => one.operation === 'consume_resource').concat(steps)
    .map(one => one.input?.purpose);
  const purpose = purposes.find(Boolean);
  if (purpose) return purpose;
  const words = run.text.trim();
  if (words.length > headlineCharactersMax) return `${words.slice(0, headlineCharactersMax - 1).trimEnd()}…`;
  if (words) return words;
  return steps.length === 1 ? titled(steps[0].operation) : `${count(steps.length)} steps`;
}

const headlineCharactersMax = 60;

/** What came of the steps, in words: "4 steps, all executed", "3 of 4 steps executed, 1 skipped". */
export function stepsLine({ operations }) {
  const executed = operations.filter(one => one.status === 'executed').length;
  const steps = operations.length === 1 ? '1 step' : `${operations.length} steps`;
  if (executed === operations.length) return operations.length === 1 ? '1 step, executed' : `${steps}, all executed`;
  const others = Object.entries(statuses).map(([name, [, word]]) => {
    const number = operations.filter(one => one.status === name).length;
    return number && `${number} ${word.toLowerCase()}`;
  });
  return [`${executed} of ${steps} executed`, ...others.filter(Boolean)].join(', ');
}

const presenters = {
  roll_dice: output => ({
    title: output.purpose || 'Dice', line: output.result.text, result: count(output.total),
    rolls: [{ label: '', root: output.result.root }],
  }),
  roll_attack: ({ attack, damage, name, weapon, hit, critical, ac, includes }) => ({
    title: `${weapon ?? 'Attack'} against ${name}`,
    line: `${attack.dice.total} ${plus(attack.bonus)} = ${attack.total} against armor class ${ac}`,
    result: hit ? count(damage.total) : 'Miss', unit: hit ? `${damage.type}${critical ? ', critical' : ''}` : '',
    rolls: [
      { label: 'To hit', root: outcomeRoot(attack.dice) },
      ...damage.dice ? [{ label: 'Damage', root: outcomeRoot(damage.dice) }] : [],
    ],
    notes: includes.filter(one => one.attack != null)
      .map(one => `${signed(one.attack)} from ${one.source} is in the bonus already`),
  }),
  roll_saving_throw_batch: ({ ability, dc, results, passed }) => ({
    title: `${titled(ability)} saves, DC ${dc}`, line: names(results, one => one.success ? 'saved' : 'failed'),
    result: `${passed} of ${results.length}`, unit: 'saved',
    table: {
      head: ['Who', 'Die', 'Total', 'Came to'],
      rows: results.map(one => [
        one.name, one.roll == null ? '—' : `${faces(one)} ${plus(one.bonus)}`, one.total ?? '—',
        one.success ? 'Saved' : one.because ? `Failed: ${titled(one.because).toLowerCase()}` : 'Failed',
      ]),
    },
  }),
  apply_damage: ({ type, results }) => ({
    title: `${titled(type)} damage`, line: results.map(change).join(', '), ...toll(results),
    table: {
      head: ['Who', 'Taken', 'Hit points', 'Why'],
      rows: results.map(one => [
        one.name, one.absorbed ? `${one.taken}, ${one.absorbed} of it temporary` : one.taken,
        `${one.before} → ${one.after}`,
        [...one.why, one.status !== 'up' && one.status].filter(Boolean).join('; ') || '—',
      ]),
    },
  }),
  heal: ({ amount, temporary, results }) => ({
    title: temporary ? 'Temporary hit points' : 'Healing', line: results.map(change).join(', '),
    result: `+${count(amount)}`, unit: results.length > 1 ? 'each' : '',
  }),
  apply_condition: ({ condition, results, until }) => ({
    title: titled(condition), line: names(results, one => one.outcome), unit: 'affected',
    result: `${results.filter(one => one.outcome === 'applied').length} of ${results.length}`,
    notes: until ? [`Until ${moment(until)}`] : [],
  }),
  consume_resource: ({ name, before, after, max }) => ({
    title: name, line: `${after} of ${max} left`, result: count(after - before),
  }),
  advance_time: ({ before, after, ended }) => ({
    title: 'Time passes',
    line: [
      `${moment(before)} → ${moment(after)}`, ...ended.map(one => `${one.name} is no longer ${one.condition}`),
    ].join('; '),
  }),
};

const change = one => `${one.name} ${one.before} → ${one.after}`;
const faces = ({ faces: all, roll }) => all.length > 1 ? `${roll} of ${all.join(' and ')}` : roll;
const plus = bonus => bonus < 0 ? `− ${-bonus}` : `+ ${bonus}`;

/** "failed: Goblin 1, Goblin 3; saved: Goblin 2". */
function names(results, word) {
  const words = [...new Set(results.map(word))];
  return words.map(one =>
    `${one}: ${results.filter(result => word(result) === one).map(result => result.name).join(', ')}`).join('; ');
}

function toll(results) {
  const down = results.filter(one => one.status !== 'up' && one.before > 0).length;
  if (down && results.length > 1) return { result: count(down), unit: 'down' };
  const taken = results.reduce((sum, one) => sum + one.taken, 0);
  const unit = results.length > 1 ? 'in all' : '';
  return { result: taken === 0 ? '0' : `−${count(taken)}`, unit: down ? results[0].status : unit };
}

/**
 * Faces in the order of their draws as a tree of one line: sides from the notation, and the die that a pair of d20s
 * does not count marked as dropped.
 */
export function outcomeRoot({ notation, faces: all, total }) {
  const sides = [...notation.matchAll(/(\d*)d(\d+)/g)].flatMap(([, number, one]) =>
    Array(Math.min(Number(number || 1), 1000)).fill(Number(one)));
  const keep = /k([hl])1$/.exec(notation)?.[1];
  const kept = keep && all.indexOf(keep === 'h' ? Math.max(...all) : Math.min(...all));
  return {
    kind: 'dice', notation, value: total, annotations: [], formulas: [],
    dice: all.map((face, at) => ({
      sides: sides[at] ?? 20, faces: [face], value: face, draws: null, state: keep && at !== kept ? 'dropped' : 'kept',
      why: keep && at !== kept ? `k${keep}1` : null,
    })),
  };
}
