// How somebody says something in a turn: a word for it, and what it means. No DOM.

export const modes = {
  act: ['Act', 'You do this. Arbiter decides what comes of it.'],
  think: ['Think', 'Ask without acting: nothing is rolled, nothing changes.'],
  direct: ['Direct', 'Tell the storyteller how the scene goes on.'],
};
