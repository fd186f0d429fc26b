// The fields of a form, made of an operation's JSON Schema. No DOM.

import { titled } from './amounts.js';

/** Members that the server sets. */
const given = new Set(['campaign']);
// A field of this name takes one of what the field behind it takes several of.
const plurals = { target: 'targets' };

/**
 * The fields of an operation of the catalogue, in the order of what has to be filled first.
 *
 * Each is `{ name, label, hint, kind, isRequired, options, min, max, charactersMax, sources }`. `kind` is text, number,
 * choice, switch, list (of texts), moment (an object of numbers, its `fields` inside), reference (only from an earlier
 * result) or json. `sources` are the operations whose results may fill it.
 */
export function fieldsOf({ input, references = {} }) {
  const { properties = {}, required = [] } = input;
  const names = Object.keys(properties).filter(name => !given.has(name) && !(plurals[name] in properties));
  const fields = names.map(name => field(name, properties[name], required.includes(name), references[name] ?? []));
  // What is simple and needed first; the rest as the schema has it.
  return [...fields.filter(one => one.isRequired), ...fields.filter(one => !one.isRequired)];
}

function field(name, schema, isRequired, sources) {
  const base = {
    name, label: titled(name), hint: schema.description ?? '', isRequired, sources, options: null,
    min: schema.minimum ?? null, max: schema.maximum ?? null, charactersMax: schema.maxLength ?? null,
  };
  const type = [schema.type].flat().find(one => one !== 'null');
  if (schema.enum) return { ...base, kind: 'choice', options: schema.enum.filter(one => one !== null) };
  if (type === 'boolean') return { ...base, kind: 'switch' };
  if (type === 'integer' || type === 'number') return { ...base, kind: 'number' };
  if (type === 'string') return { ...base, kind: 'text' };
  if (type === 'array' && schema.items?.type === 'string') return { ...base, kind: 'list' };
  if (sources.length) return { ...base, kind: 'reference' };
  const inner = Object.entries(schema.properties ?? {});
  const isFlat = inner.length > 0 && inner.every(([, one]) => [one.type].flat().includes('integer'));
  if (type === 'object' && isFlat) {
    return { ...base, kind: 'moment',
      fields: inner.map(([key, one]) => field(key, one, (schema.required ?? []).includes(key), [])) };
  }
  return { ...base, kind: 'json' };
}

/**
 * What somebody wrote in a field as the server takes it; undefined for nothing. What cannot be read stays as it is
 * written: the server says what is wrong with it, and where.
 */
export function valueOf(field, written) {
  switch (field.kind) {
    case 'list': return Array.isArray(written) && written.length ? written : undefined;
    case 'switch': return written === '' || written === undefined ? undefined : written === 'true';
    case 'number': return number(written);
    case 'moment': return momentOf(field, written);
    case 'json': return json(written);
    default: return String(written ?? '').trim() === '' ? undefined : String(written).trim();
  }
}

function number(written) {
  const text = String(written ?? '').trim().replace('−', '-');
  if (text === '') return undefined;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function momentOf({ fields }, written) {
  const entries = fields.map(one => [one.name, valueOf(one, written?.[one.name])])
    .filter(([, value]) => value !== undefined);
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function json(written) {
  const text = String(written ?? '').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
