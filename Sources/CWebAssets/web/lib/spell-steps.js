// The steps that a spell of a sheet stands for, to be begun with and changed. No DOM.

/**
 * Steps `{ operation, values, refs }`; `refs` name earlier steps of the list by their place. Targets are everybody of
 * the other side who stands, where the spell takes in an area, else the first of them; healing begins with the caster.
 */
export function spellSteps(spell, campaign) {
  const caster = campaign.acting;
  const foes = campaign.creatures.filter(one => one.kind === 'enemy' && one.hit_points.current > 0).map(one => one.id);
  const targets = spell.healing ? [caster] : spell.save_ability ? foes : foes.slice(0, 1);
  const purpose = spell.name;
  const steps = [];
  const add = (operation, values, refs = {}) => steps.push({ operation, values, refs }) - 1;
  if (spell.resource) add('consume_resource', { creature: caster, resource: spell.resource, amount: '1', purpose });
  if (spell.attack != null && spell.damage) {
    const hit = add('roll_attack', {
      attacker: caster, target: targets[0] ?? '', attack_bonus: String(spell.attack), damage: spell.damage,
      type: spell.damage_type ?? '', purpose,
    });
    add('apply_damage', {}, { attack: hit });
    return steps;
  }
  const rolled = spell.damage ?? spell.healing;
  const roll = rolled ? add('roll_dice', { notation: rolled.replaceAll(' ', ''), purpose }) : null;
  const saves = spell.save_ability
    ? add('roll_saving_throw_batch', { targets, ability: spell.save_ability, dc: String(spell.dc ?? ''), purpose })
      : null;
  const saved = saves === null ? {} : { saves };
  if (spell.damage) {
    add('apply_damage', { targets, type: spell.damage_type ?? '',
      on_save: saves === null ? '' : spell.on_save ?? 'half' }, { amount: roll, ...saved });
  }
  if (spell.healing) add('heal', { targets }, { amount: roll });
  if (spell.condition) add('apply_condition', { targets: saves === null ? [caster] : targets,
    condition: spell.condition, source: spell.name }, saved);
  return steps;
}
