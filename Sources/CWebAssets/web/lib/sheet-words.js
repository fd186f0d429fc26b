// What a character sheet says: what its numbers include, and its spells. No DOM.

const gains = [
  ['ac', 'Armor class', one => one.ac], ['attack', 'Attack rolls', () => null],
  ['saves', 'Saving throws', () => null], ['spell_dc', 'Spell save DC', one => one.spellcasting?.dc ?? null],
];

/** What the numbers of a sheet include already, by number: `[{ name, value, sources: [[source, amount]] }]`. */
export function includedBonuses(creature) {
  return gains.map(([key, name, value]) => ({
    name, value: value(creature),
    sources: (creature.bonuses ?? []).filter(one => one[key] != null).map(one => [one.source, one[key]]),
  })).filter(row => row.sources.length);
}

const ordinal = level => ['Cantrips', '1st level', '2nd level', '3rd level'][level] ?? `${level}th level`;

/** Spells by level: `[[title, [spell]]]`. */
export function spellsByLevel({ spells = [] }) {
  const levels = [...new Set(spells.map(one => one.level))].sort((a, b) => a - b);
  return levels.map(level => [ordinal(level), spells.filter(one => one.level === level)]);
}

/** What a spell does, in a line: "8d6 fire · dexterity save, DC 15". */
export function spellLine(spell) {
  const parts = [
    spell.damage && `${spell.damage} ${spell.damage_type ?? ''}`.trim(), spell.healing && `heals ${spell.healing}`,
    spell.condition && spell.condition.replaceAll('_', ' '),
    spell.save_ability && `${spell.save_ability} save${spell.dc ? `, DC ${spell.dc}` : ''}`,
    spell.attack != null && `${spell.attack < 0 ? '−' : '+'}${Math.abs(spell.attack)} to hit`, spell.range,
  ];
  return parts.filter(Boolean).join(' · ');
}
