// What is known of the selected layer; of the whole model while none is.

class Panel {
  constructor(data, select) {
    this.data = data;
    this.select = select;
    this.root = byId('panel');
  }

  show(item) {
    this.root.replaceChildren(...(item ? this.layer(item) : this.model()));
    this.root.scrollTop = 0;
  }

  model() {
    const { data } = this;
    return [
      element('h2', {}, 'Model'),
      facts([['Inputs', specs(data.inputs)], ['Outputs', specs(data.outputs)]]),
      data.training ? section('Training', optionTable(data.training)) : section('Training', element('p', { class: 'quiet' }, 'The model is not compiled: it has no optimizer, loss or metrics.')),
      data.source?.findings.length ? section('Findings', element('ul', {}, data.source.findings.map((finding) => element('li', {}, finding)))) : null,
      section('Keys', element('dl', { class: 'keys' }, [['/', 'find a layer'], ['↑ ↓ ← →', 'walk along the graph'], ['Space', 'open or close a model inside'], ['+ − 0', 'zoom'], ['Esc', 'back to the model']]
        .flatMap(([key, what]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, what)]))),
    ].filter(Boolean);
  }

  layer(item) {
    const { layer, call } = item;
    const total = this.data.parameterCount;
    const weights = layer.weights.map((index) => this.data.weights[index]);
    return [
      element('button', { class: 'close', type: 'button', title: 'Back to the model ( Esc )', 'aria-label': 'Back to the model', onclick: () => this.select(null) }, '×'),
      element('p', { class: `chip f-${layer.family}` }, familyName(layer.family)),
      element('h2', {}, layer.className),
      element('p', { class: 'layer-name' }, layer.name),
      layer.note ? element('p', { class: 'warning' }, layer.note) : null,
      facts([
        ['Output', call.shapes.join('\n')],
        ['Parameters', layer.parameterCount ? `${whole(layer.parameterCount)} · ${percent(total ? layer.parameterCount / total : 0)} of the model` : 'none'],
        ['Type', layer.type],
        ['Trainable', layer.trainable ? 'yes' : 'no, frozen'],
        item.calls > 1 ? ['Call', `${item.number} of ${item.calls}: the weights are shared`] : null,
        call.arguments.length ? ['Arguments', call.arguments.join('\n')] : null,
      ].filter(Boolean)),
      this.links('From', item.before, item), this.links('To', item.after, item),
      layer.options.length ? section('Options', ...(layer.family === 'unknown' ? [optionTable(layer.options)] : options(layer.options))) : null,
      weights.length ? section(weights.length === 1 ? 'Weight' : `${weights.length} weights`, weights.map((weight) => weightCard(weight, this.data.hasValues))) : null,
    ].filter(Boolean);
  }

  links(title, items, from) {
    const rows = items.map((other) => element('button', { type: 'button', class: `link f-${other.layer.family}`, onclick: () => this.select(other) }, element('span', { class: 'dot' }), element('span', { class: 'link-name' }, other.layer.name), element('span', { class: 'quiet' }, title === 'To' ? other.layer.className : other.shape)));
    if (!rows.length && title === 'To' && from.isOutput) {
      rows.push(element('p', { class: 'quiet' }, from.parent ? `an output of ${from.parent.layer.name}` : 'an output of the model'));
    }
    return rows.length ? section(title, element('div', { class: 'links' }, rows)) : null;
  }
}

const familyName = (family) => family[0].toUpperCase() + family.slice(1);

const specs = (list) => (list.length ? list.map((spec) => `${spec.name}: ${[spec.type, spec.shape].filter(Boolean).join(' ')}`).join('\n') : 'not known');

function section(title, ...content) {
  return element('section', {}, element('h3', {}, title), ...content.filter(Boolean));
}

function facts(rows) {
  return element('dl', { class: 'facts' }, rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

/** The options that differ from the defaults, with what they lie in; the others wait behind a word. */
function options(list) {
  const set = new Set();
  const rest = [];
  const path = [];
  for (const option of list) {
    path.length = option.depth;
    path.push(option);
    if (option.isSet) {
      path.forEach((outer) => set.add(outer));
    }
  }
  path.length = 0;
  for (const option of list) {
    path.length = option.depth;
    path.push(option);
    if (!set.has(option)) {
      rest.push({ ...option, depth: 0, key: path.map((outer) => outer.key).join('.') });
    }
  }
  return shown([...set], rest);
}

function shown(set, rest) {
  return [set.length ? optionTable(set) : null, rest.length ? element('details', { open: !set.length }, element('summary', {}, `${set.length ? `${whole(rest.length)} more` : `All ${whole(rest.length)}`} as by default`), optionTable(rest)) : null];
}

/** A table of options; what differs from the defaults stands out. */
function optionTable(options) {
  const rows = options.map((option) => element('tr', { class: option.isSet ? 'set' : null },
    element('th', { scope: 'row', class: option.depth ? `depth-${Math.min(option.depth, 3)}` : null }, option.key),
    element('td', {}, option.value)));
  return element('table', { class: 'options' }, element('tbody', {}, rows));
}

/** A weight or a stored tensor: what it is, and what its numbers are like. */
function weightCard(weight, hasValues) {
  const parts = weight.name.split('/');
  const box = element('div', { class: `weight${isBroken(weight) ? ' broken' : ''}` },
    element('h4', {}, element('span', { class: 'quiet' }, parts.length > 1 ? `${parts.slice(0, -1).join('/')}/` : ''), parts[parts.length - 1]),
    element('p', { class: 'quiet' }, `${weight.type} ${weight.shape} · ${whole(weight.count)}${weight.trainable === false ? ' · not trained' : ''}`));
  const numbers = weight.statistics;
  if (!numbers) {
    box.append(element('p', { class: 'quiet' }, weight.hasValue === false ? 'It has no values yet.' : hasValues ? 'Its elements are not real numbers.' : 'Its numbers were not looked at.'));
    return box;
  }
  if (numbers.histogram.length) {
    box.append(histogram(numbers, weight.name), element('dl', { class: 'numbers' }, [['min', numbers.minimum], ['max', numbers.maximum], ['mean', numbers.mean], ['std', numbers.deviation]]
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, figure(value))))));
  }
  const odd = [numbers.naNCount ? `${whole(numbers.naNCount)} NaN` : '', numbers.infinityCount ? `${whole(numbers.infinityCount)} infinite` : ''].filter(Boolean);
  if (odd.length) {
    box.append(element('p', { class: 'warning' }, `${odd.join(' and ')} of ${whole(weight.count)} numbers.`));
  }
  return box;
}

function histogram(numbers, name) {
  const width = 300;
  const height = 64;
  const most = Math.max(...numbers.histogram);
  const step = width / numbers.histogram.length;
  const drawing = shape('svg', { class: 'histogram', viewBox: `0 0 ${width} ${height + 16}`, role: 'img', 'aria-label': `Histogram of ${name}: ${figure(numbers.minimum)} to ${figure(numbers.maximum)}` });
  numbers.histogram.forEach((count, index) => {
    const tall = count ? Math.max(1, (count / most) * height) : 0;
    const low = numbers.minimum + (numbers.maximum - numbers.minimum) * (index / numbers.histogram.length);
    const high = numbers.minimum + (numbers.maximum - numbers.minimum) * ((index + 1) / numbers.histogram.length);
    const only = numbers.histogram.length === 1;
    drawing.append(shape('rect', { class: 'bin', x: only ? width / 2 - 8 : index * step + 0.5, y: height - tall, width: only ? 16 : Math.max(1, step - 1), height: tall, rx: 1 },
      shape('title', {}, `${figure(low)} … ${figure(high)}: ${whole(count)}`)));
  });
  drawing.append(shape('path', { class: 'axis', d: `M0 ${height + 0.5}H${width}` }));
  if (numbers.minimum < 0 && numbers.maximum > 0) {
    const zero = (-numbers.minimum / (numbers.maximum - numbers.minimum)) * width;
    drawing.append(shape('path', { class: 'zero', d: `M${zero} 0V${height + 3}` }), shape('text', { class: 'scale', x: Math.min(width - 40, Math.max(40, zero)), y: height + 13, 'text-anchor': 'middle' }, '0'));
  }
  if (numbers.histogram.length > 1) {
    drawing.append(shape('text', { class: 'scale', x: 0, y: height + 13 }, figure(numbers.minimum)), shape('text', { class: 'scale', x: width, y: height + 13, 'text-anchor': 'end' }, figure(numbers.maximum)));
  } else {
    drawing.append(shape('text', { class: 'scale', x: width / 2, y: height + 13, 'text-anchor': 'middle' }, `all ${figure(numbers.minimum)}`));
  }
  return drawing;
}
