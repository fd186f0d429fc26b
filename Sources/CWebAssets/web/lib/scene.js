// A campaign as it stands, and what events change in it. No DOM.

/** The campaign after an event of its topic. What is told of somebody unknown changes nothing. */
export function reduceScene(campaign, { type, payload }) {
  switch (type) {
    case 'creature.hit_points':
      return withCreature(campaign, payload.creature, one => ({ ...one, hit_points: payload.hit_points }));
    case 'creature.resource':
      return withCreature(campaign, payload.creature, one => ({
        ...one, resources: (one.resources ?? []).map(resource =>
          resource.resource_id === payload.resource ? { ...resource, current: payload.current } : resource),
      }));
    case 'creature.condition':
      return withCreature(campaign, payload.creature, one => ({ ...one, conditions: withCondition(one, payload) }));
    case 'campaign.time': return { ...campaign, time: payload.time };
    default: return campaign;
  }
}

function withCreature(campaign, id, change) {
  return { ...campaign, creatures: campaign.creatures.map(one => one.id === id ? change(one) : one) };
}

function withCondition({ conditions = [] }, { name, condition }) {
  const at = conditions.findIndex(one => one.name === name);
  if (!condition) return conditions.filter(one => one.name !== name);
  return at < 0 ? [...conditions, condition] : conditions.map(one => one.name === name ? condition : one);
}

/** "Day 1, 16:40", with seconds only where there are some. */
export function moment({ day, hour, minute, second = 0 }) {
  const two = number => String(number).padStart(2, '0');
  return `Day ${day}, ${two(hour)}:${two(minute)}${second ? `:${two(second)}` : ''}`;
}

/** Who acts, who is with them, and who is against them. */
export function sides(campaign) {
  const acting = campaign.creatures.find(one => one.id === campaign.acting) ?? campaign.creatures[0];
  const others = campaign.creatures.filter(one => one !== acting);
  return {
    acting, allies: others.filter(one => one.kind !== 'enemy'), enemies: others.filter(one => one.kind === 'enemy'),
  };
}

/** The state of a creature's health: `{ text, word, tone, current, max }`; `word` where it needs saying. */
export function health({ kind, hit_points: { current, max, temporary = 0 } }) {
  const text = `${current}/${max}${temporary ? ` +${temporary}` : ''}`;
  if (current === 0) return { text, word: kind === 'enemy' ? 'Defeated' : 'Unconscious', tone: 'bad', current, max };
  return { text, word: '', tone: current * 3 <= max ? 'bad' : '', current, max };
}
