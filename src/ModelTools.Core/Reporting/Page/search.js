// The search box and the families: both lift layers out of the graph.

function startSearch(data, view) {
  const box = byId('search');
  const found = byId('found');
  let family = null;
  let matches = [];
  let next = 0;

  const apply = () => {
    const words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const isMatch = (item) => (!family || item.layer.family === family) && words.every((word) => `${item.layer.name} ${item.layer.className} ${item.shape} ${item.layer.family}`.toLowerCase().includes(word));
    const active = words.length > 0 || family;
    matches = active ? view.items.filter(isMatch) : [];
    next = 0;
    found.textContent = active ? plural(matches.length, 'match').replace(/matchs$/, 'matches') : '';
    view.mark(active ? new Set(matches.map((item) => item.id)) : null);
    if (matches.length) {
      view.reveal(matches[0], true);
    }
  };

  box.addEventListener('input', apply);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && matches.length) {
      const item = matches[(next++) % matches.length];
      view.select(item, false);
      view.reveal(item, true);
      found.textContent = `${((next - 1) % matches.length) + 1} of ${matches.length}`;
    } else if (event.key === 'Escape') {
      box.value = '';
      apply();
      (view.current || view.items[0])?.node.focus({ preventScroll: true });
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName || '')) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  const counts = new Map();
  data.models.forEach((graph) => graph.layers.forEach((layer) => counts.set(layer.family, (counts.get(layer.family) || 0) + 1)));
  const order = ['input', 'core', 'activation', 'convolution', 'pooling', 'normalization', 'recurrent', 'attention', 'reshaping', 'regularization', 'preprocessing', 'merging', 'model', 'unknown'];
  const buttons = order.filter((name) => counts.has(name)).map((name) => {
    const button = element('button', { type: 'button', class: `f-${name}`, 'aria-pressed': 'false', title: `Show the ${familyName(name).toLowerCase()} layers`, onclick: () => {
      family = family === name ? null : name;
      buttons.forEach((other) => other.setAttribute('aria-pressed', String(other === button && family === name)));
      apply();
    } }, element('span', { class: 'dot' }), `${familyName(name)} `, element('span', { class: 'quiet' }, whole(counts.get(name))));
    return button;
  });
  byId('legend').replaceChildren(...buttons);
}
