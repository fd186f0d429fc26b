// The faults of a proposal, each at the field it belongs to, and their repair. No DOM.

/**
 * Sorts faults by step and field: `{ steps: [{ fields: { name: [fault] }, rest: [fault] }], rest: [fault] }`.
 *
 * A pointer `/operations/2/input/targets/0` (with `/proposal` before it where a turn was asked for) belongs to the
 * field `targets` of step 2, as one that ends in `targets_ref` does; `fieldNames(index)` are the fields that a step
 * shows. What belongs to no field is `rest`, so nothing goes unsaid.
 */
export function faultsByField(faults, stepCount, fieldNames) {
  const steps = Array.from({ length: stepCount }, () => ({ fields: {}, rest: [] }));
  const rest = [];
  for (const fault of faults) {
    const path = pointerPath(fault.pointer);
    const step = path[0] === 'operations' && /^\d+$/.test(path[1] ?? '') ? steps[Number(path[1])] : undefined;
    if (!step) rest.push(fault);
    else if (path[2] === 'result_key') (step.fields.result_key ??= []).push(fault);
    else {
      const known = fieldNames(Number(path[1]));
      const name = path[2] === 'input' && [path[3], path[3]?.replace(/_ref$/, ''),
        `${path[3]}s`].find(one => known.includes(one));
      if (name) (step.fields[name] ??= []).push(fault);
      else step.rest.push(fault);
    }
  }
  return { steps, rest };
}

/**
 * What one click repairs: the fault's own repair, or the allowed value where there is only one. Null where none is.
 */
export function repairOf({ repair, allowed }) {
  const value = repair ?? (allowed?.length === 1 ? allowed[0] : null);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** A step's members changed by the repair of a fault: into its field, the item of its list, its reference, its key. */
export function repaired(step, { pointer }, value) {
  const [, , place, member, ...inner] = pointerPath(pointer);
  if (place === 'result_key') return { ...step, key: String(value) };
  if (place !== 'input' || member === undefined) return step;
  if (member.endsWith('_ref')) return { ...step, refs: { ...step.refs, [member.slice(0, -4)]: String(value) } };
  return { ...step, values: { ...step.values, [member]: put(step.values[member], inner, value) } };
}

function put(old, [key, ...inner], value) {
  if (key === undefined) return typeof value === 'number' ? String(value) : value;
  if (Array.isArray(old)) return old.map((one, at) => at === Number(key) ? put(one, inner, value) : one);
  return { ...old, [key]: put(old?.[key], inner, value) };
}

/** "/proposal/operations/2/input/targets/0" → ["operations", "2", "input", "targets", "0"]. */
export function pointerPath(pointer) {
  const parts = String(pointer ?? '').split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts[0] === 'proposal' ? parts.slice(1) : parts;
}
