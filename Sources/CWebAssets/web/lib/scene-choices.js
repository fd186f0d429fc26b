// What the fields of a form may name in a campaign: creatures, their resources and weapons, conditions. No DOM.

const conditions = [
  'blinded', 'charmed', 'deafened', 'exhaustion', 'frightened', 'grappled', 'incapacitated', 'invisible', 'paralyzed',
  'petrified', 'poisoned', 'prone', 'restrained', 'stunned', 'unconscious',
];

/**
 * The choices of a field, `[[value, text]]`, or null where anything may be written. `values` are the other fields of
 * the step: whose resources, whose weapons.
 */
export function sceneChoices(name, campaign, values = {}) {
  switch (name) {
    case 'target': case 'targets': case 'attacker': case 'creature':
      return campaign.creatures.map(one => [one.id, `${one.name}, ${one.hit_points.current}/${one.hit_points.max}`]);
    case 'resource':
      return (owner(campaign, values.creature)?.resources ?? [])
        .map(one => [one.resource_id, `${one.display_name}, ${one.current} of ${one.max}`]);
    case 'weapon':
      return (owner(campaign, values.attacker)?.attacks ?? [])
        .map(one => [one.name, `${one.name}, ${one.damage} ${one.type}`]);
    default: return null;
  }
}

/** Words that a field suggests without demanding them. */
export function sceneSuggestions(name, campaign) {
  if (name === 'condition') return [...conditions, ...(campaign.conditions ?? []).map(one => one.name)];
  if (name === 'notation') return ['8d6', '1d20+5', '2d20kh1'];
  return [];
}

/** What a new step begins with: whoever acts is the one who does it. */
export function sceneDefaults(fields, campaign) {
  const values = {};
  for (const { name, kind, isRequired } of fields) {
    if (name === 'attacker' || name === 'creature') values[name] = campaign.acting;
    if (name === 'amount' && kind === 'number' && isRequired) values[name] = '1';
  }
  return values;
}

function owner(campaign, id) {
  return campaign.creatures.find(one => one.id === id);
}
