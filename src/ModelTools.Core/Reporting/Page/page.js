// Puts the page together.

function start() {
  const data = JSON.parse(byId('data').textContent);
  drawHead(data);
  if (data.history.length) {
    byId('curves').hidden = false;
    byId('curves').replaceChildren(element('h2', { id: 'curves-title' }, 'Training'), drawCurves(data.history));
  }
  if (!data.models.length) {
    byId('graph').hidden = true;
    byId('summary').replaceChildren(element('h2', { id: 'summary-title' }, 'Tensors'), element('p', { class: 'quiet' }, 'The file holds tensors, not the layers that they belong to.'), data.source.findings.length ? element('ul', {}, data.source.findings.map((finding) => element('li', {}, finding))) : '', tensorTable(data.tensors),
      data.hasValues ? element('div', { class: 'cards' }, data.tensors.map((tensor) => weightCard(tensor, true))) : '');
    return;
  }
  let view = null;
  const panel = new Panel(data, (item) => view.select(item));
  view = new GraphView(data, (item) => panel.show(item));
  panel.show(null);
  startSearch(data, view);
  byId('summary').replaceChildren(element('h2', { id: 'summary-title' }, 'Layers'), summaryTable(data, view));
}

function drawHead(data) {
  const broken = (data.tensors || data.weights).filter(isBroken).length;
  const fixed = data.parameterCount - data.trainableCount;
  const figures = data.tensors
    ? [['Tensors', whole(data.tensors.length)], ['Numbers', whole(data.parameterCount)], ['Size', bytes(data.byteCount)]]
    : [
      ['Layers', whole(data.layerCount)],
      ['Parameters', data.isBuilt ? whole(data.parameterCount) : '?'],
      ['Trainable', data.isBuilt ? whole(data.trainableCount) : '?'],
      fixed ? ['Not trainable', whole(fixed)] : null,
      ['Size of the weights', bytes(data.byteCount)],
    ].filter(Boolean);
  const facts = [data.className, data.dialect, data.source ? `${data.source.file} (${data.source.format}, ${bytes(data.source.byteCount)})` : null, data.source?.writtenBy].filter(Boolean);
  byId('head').replaceChildren(...[
    element('div', { class: 'title' }, element('h1', {}, data.name), element('p', { class: 'quiet' }, facts.join(' · '))),
    element('dl', { class: 'figures' }, figures.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)))),
    broken ? element('p', { class: 'warning' }, `${plural(broken, data.tensors ? 'tensor' : 'weight')} ${broken === 1 ? 'holds' : 'hold'} numbers that are not finite${data.tensors ? '' : '; the layers are marked with “!”'}.`) : null,
    data.isBuilt ? null : element('p', { class: 'warning' }, 'The model has no input shape yet: shapes and parameters are not known.'),
    data.models.length && data.models[0].kind === 'Subclassed' ? element('p', { class: 'warning' }, 'The model is of a class of its author’s: how its layers are called is not known, so that no lines are drawn.') : null,
  ].filter(Boolean));
}

start();
