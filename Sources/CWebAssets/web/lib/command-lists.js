// The commands as the palette and the help list them. No DOM.

/** The commands whose group and title hold every word, in any order and case. */
export function search(commands, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = command => words.every(word => `${command.group} ${command.title}`.toLowerCase().includes(word));
  return commands.filter(command => command.run && holds(command));
}

/** The commands that have keys, by group. */
export function byGroup(commands) {
  const groups = new Map();
  for (const command of commands.filter(one => one.keys)) {
    groups.set(command.group, [...groups.get(command.group) ?? [], command]);
  }
  return groups;
}
