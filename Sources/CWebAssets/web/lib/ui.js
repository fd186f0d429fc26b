// Small pieces that need no element of their own.

import { h } from './h.js';

const shapes = [4, 6, 8, 10, 12, 20, 100];
let serial = 0;

/** An id that no other node of the page has. */
export function uid(prefix) {
  return `${prefix}-${++serial}`;
}

/** A drawing; with a label it is an image, without one decoration. */
export function icon(name, label) {
  const access = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' };
  return h('svg', { class: 'icon', viewBox: '0 0 16 16', ...access }, h('use', { href: `/assets/icons.svg#${name}` }));
}

/** The outline of a die; sides without a drawing get a d20's. */
export function dieShape(sides) {
  const name = shapes.includes(sides) ? `d${sides}` : 'd20';
  return h('svg', { class: 'die-shape', viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    h('use', { href: `/assets/icons.svg#${name}` }));
}

export function kbd(keys) {
  return h('kbd', { class: 'kbd' }, keys);
}

/** `kind` adds classes: primary, bare, small, tall, danger. */
export function button(label, { icon: name, kind = '', ...attributes } = {}) {
  return h('button', { type: 'button', class: `btn ${kind}`, ...attributes }, name && icon(name), h('span', {}, label));
}

export function iconButton(label, name, attributes = {}) {
  const names = { 'aria-label': label, title: label };
  return h('button', { type: 'button', class: 'btn bare square', ...names, ...attributes }, icon(name));
}

/** A segmented control of radio buttons, so that arrows and forms work. `options`: `[[value, text]]`. */
export function segmented(label, options, value, onchange) {
  const name = uid('segment');
  const choice = ([one, text]) => h('label', {},
    h('input', { type: 'radio', name, value: one, checked: one === value, class: 'vh', onchange: () => onchange(one) }),
    h('span', {}, text));
  return h('fieldset', { class: 'seg' }, h('legend', { class: 'vh' }, label), options.map(choice));
}

/** A labelled control with a line under it for a hint, or for what is wrong. See `complain`. */
export function field(label, control, hint = '') {
  const id = control.id ||= uid('field');
  const line = h('p', { class: 'hint', id: `${id}-hint` }, hint);
  line.dataset.hint = hint;
  control.setAttribute('aria-describedby', line.id);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, line);
}

/** Says at a field what is wrong with it; no messages takes it back. */
export function complain(control, messages = []) {
  const line = document.getElementById(control.getAttribute('aria-describedby'));
  if (messages.length) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
  if (!line) return;
  line.classList.toggle('bad', messages.length > 0);
  line.replaceChildren(...messages.length ? [icon('alert'), ` ${messages.join(' ')}`] : [line.dataset.hint]);
}

/** A state in a word and a drawing, never by colour alone. Tones: ok, warn, bad, accent, live or none. */
export function status(name, word, tone = '') {
  return h('span', { class: `status ${tone}` }, icon(name), h('span', {}, word));
}

/** Text of a person: it may be written in any direction. */
export function said(text, attributes = {}) {
  return h('bdi', { dir: 'auto', ...attributes }, text);
}

/** A point in time: short for people, whole on hover and for programs. */
export function timeStamp(time, short, full) {
  return h('time', { datetime: time, title: full }, short);
}

/** Turns a button off while something is under way, without taking the focus from it. */
export function setBusy(node, isBusy) {
  node.setAttribute('aria-disabled', isBusy);
  node.classList.toggle('busy', isBusy);
}
