// The control of a field, by its kind.

import { h } from './h.js';
import { uid } from './ui.js';
import { titled } from './amounts.js';

/**
 * `{ node, target, isGroup }`: what is shown, what its faults are said at, and whether it is several controls in one.
 * `set` hears of every change. `choices` are `[[value, text]]` or null; `suggestions` texts.
 */
export function fieldControl(field, value, { place, choices, suggestions, set }) {
  const common = { id: uid('field'), class: 'input', 'data-place': place };
  switch (field.kind) {
    case 'choice': return single(choose(common, field.options.map(one => [one, titled(one)]), value, field.isRequired,
      set));
    case 'switch': return single(choose(common, [['true', 'Yes'], ['false', 'No']], value, false, set));
    case 'list': return several(place, choices ?? (value ?? []).map(one => [one, one]), value ?? [], set);
    case 'moment': return moment(field, value ?? {}, place, set);
    case 'json': return single(h('textarea', { ...common, class: 'input mono', rows: 3, spellcheck: 'false',
      value: value ?? '', oninput: event => set(event.target.value) }));
    default: return choices ? single(choose(common, choices, value, field.isRequired, set))
      : written(field, common, value, suggestions, set);
  }
}

const single = node => ({ node, target: node, isGroup: false });

function written(field, common, value, suggestions, set) {
  const list = suggestions.length > 0 && h('datalist', { id: uid('list') },
    suggestions.map(one => h('option', { value: one })));
  const input = h('input', {
    ...common, value: value ?? '', autocomplete: 'off', spellcheck: 'false', dir: 'auto',
    maxlength: field.charactersMax,
    inputmode: field.kind === 'number' ? 'numeric' : null, list: list ? list.id : null,
    oninput: event => set(event.target.value),
  });
  return { node: list ? [input, list] : input, target: input, isGroup: false };
}

/** A choice of one; a value that is not offered is shown all the same, so that it can be seen to be wrong. */
function choose(common, choices, value, isRequired, set) {
  const isGone = value && !choices.some(([one]) => one === value);
  return h('select', { ...common, onchange: event => set(event.target.value) },
    h('option', { value: '' }, isRequired ? 'Choose…' : '—'),
    choices.map(([one, text]) => h('option', { value: one, selected: one === value }, text)),
    isGone && h('option', { value, selected: true }, `${value} (not there)`));
}

function several(place, choices, chosen, set) {
  const kept = new Set(chosen);
  const gone = chosen.filter(one => !choices.some(([id]) => id === one)).map(one => [one, `${one} (not there)`]);
  const box = ([id, text]) => h('label', { class: 'pick' }, h('input', {
    type: 'checkbox', value: id, checked: kept.has(id), 'data-place': `${place}-${id}`, onchange: event => {
      if (event.target.checked) kept.add(id);
      else kept.delete(id);
      // In the order they are offered in, whatever the order of the clicks.
      set([...choices, ...gone].map(([one]) => one).filter(one => kept.has(one)));
    },
  }), h('span', {}, text));
  const node = h('div', { class: 'picks', role: 'group' }, [...choices, ...gone].map(box));
  return { node, target: node, isGroup: true };
}

function moment(field, value, place, set) {
  const written = { ...value };
  const part = one => {
    const id = uid('part');
    return h('div', { class: 'part' }, h('label', { for: id, class: 'small faint' }, one.label), h('input', {
      id, class: 'input', inputmode: 'numeric', autocomplete: 'off', value: written[one.name] ?? '',
      'data-place': `${place}-${one.name}`,
      oninput: event => {
        written[one.name] = event.target.value;
        set({ ...written });
      },
    }));
  };
  const node = h('div', { class: 'parts', role: 'group' }, field.fields.map(part));
  return { node, target: node, isGroup: true };
}
