// A classic script in the head, before the style sheets: theme and density are set before the first paint.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('arbiter.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('arbiter.density') === 'comfortable') root.dataset.density = 'comfortable';
    if (localStorage.getItem('arbiter.rail') === 'small') root.dataset.railSmall = '';
  } catch {
    // Storage is switched off: the system's theme is as good as any.
  }
})();
