// Makes nodes. Text stays text: nothing here parses markup.

const svgNamespace = 'http://www.w3.org/2000/svg';
const svgTags = new Set(['svg', 'use', 'rect']);

/**
 * An element with attributes and children.
 *
 * `on…` attributes take functions. `true` is an empty attribute; false, null and undefined leave it out, except that
 * aria-* booleans are written as words. `value` sets the property. Children may nest in arrays; null, undefined, false
 * and '' are left out, everything else that is no node becomes text.
 */
export function h(tag, attributes = {}, ...children) {
  const node = svgTags.has(tag) ? document.createElementNS(svgNamespace, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(node, name, value);
  node.append(...flat(children));
  return node;
}

/** Replaces everything inside a node, and returns it. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

function set(node, name, value) {
  if (name.startsWith('aria-') && typeof value === 'boolean') return node.setAttribute(name, String(value));
  if (value === false || value === null || value === undefined) return;
  if (name === 'style') throw new TypeError('h(): the policy forbids style attributes; add a class');
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'value' && 'value' in node && node.localName !== 'li') node.value = value;
  else node.setAttribute(name, value === true ? '' : String(value));
}

function flat(children) {
  return children.flat(Infinity).filter(child => child !== false && child !== '' && (child ?? null) !== null);
}
