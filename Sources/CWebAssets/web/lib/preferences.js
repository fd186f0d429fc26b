// What a person chose for this browser. Nothing else is kept in it: the server is the truth.

/** The allowed values of each preference; the first is the default. */
export const choices = {
  theme: ['auto', 'light', 'dark'],
  density: ['compact', 'comfortable'],
  rail: ['wide', 'small'],
  letters: ['on', 'off'],
  format: ['compact', 'minimal', 'detailed'],
  cards: ['compact', 'minimal', 'detailed'],
};

/** The stored value of a preference, or its default when there is none or storage is switched off. */
export function preference(name) {
  try {
    const value = localStorage.getItem(`arbiter.${name}`);
    return choices[name].includes(value) ? value : choices[name][0];
  } catch {
    return choices[name][0];
  }
}

/** Stores a preference and shows it at once. */
export function setPreference(name, value) {
  try {
    localStorage.setItem(`arbiter.${name}`, value);
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
  const data = document.documentElement.dataset;
  if (name === 'theme') setOrDelete(data, 'theme', value !== 'auto' && value);
  if (name === 'density') setOrDelete(data, 'density', value === 'comfortable' && value);
  if (name === 'rail') setOrDelete(data, 'railSmall', value === 'small' && 'small');
  document.dispatchEvent(new CustomEvent('preference', { detail: { name, value } }));
}

function setOrDelete(data, name, value) {
  if (value) data[name] = value;
  else delete data[name];
}
