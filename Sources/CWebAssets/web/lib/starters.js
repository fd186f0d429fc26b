// What somebody could say first, out of the acting character's sheet. No DOM.

import { sides } from './scene.js';

/** At most three sentences that the built-in model understands, too. */
export function starters(campaign) {
  const { acting, enemies } = sides(campaign);
  const standing = enemies.filter(one => one.hit_points.current > 0);
  return [spellLine(acting, standing), attackLine(acting, standing), 'I look around'].filter(Boolean);
}

/** The strongest spell that still can be cast at those who stand. */
function spellLine({ spells = [], resources = [] }, standing) {
  const left = id => resources.find(one => one.resource_id === id)?.current ?? 0;
  const ready = spells.filter(one => one.damage && (!one.resource || left(one.resource) > 0));
  const spell = ready.sort((a, b) => b.level - a.level)[0];
  const target = spell && (spell.save_ability ? crowd(standing) : standing[0]?.name);
  return target ? `I cast ${spell.name} at ${target}` : null;
}

function attackLine({ attacks = [] }, standing) {
  return attacks.length && standing.length ? `I attack ${standing[0].name} with my ${attacks[0].name}` : null;
}

/** "the goblins" where several share a kind, else the first by name. */
function crowd(standing) {
  const kind = standing[0]?.tags?.[0];
  const alike = standing.filter(one => one.tags?.[0] === kind);
  return kind && alike.length > 1 ? `the ${kind}s` : standing[0]?.name;
}
