// The curves of a training: one drawing for each figure, training and validation together.

const PLOT = { width: 460, height: 230, left: 52, right: 14, top: 14, bottom: 30 };

function drawCurves(history) {
  const charts = new Map();
  for (const curve of history) {
    const base = curve.name.replace(/^val_/, '');
    const chart = charts.get(base) || { name: base, curves: [] };
    chart.curves.push(curve);
    charts.set(base, chart);
  }
  return element('div', { class: 'charts' }, [...charts.values()].map(drawChart));
}

function drawChart(chart) {
  const epochs = [...new Set(chart.curves.flatMap((curve) => curve.epochs))].sort((one, other) => one - other);
  const values = chart.curves.flatMap((curve) => curve.values).filter((value) => typeof value === 'number');
  if (!values.length) {
    return element('figure', { class: 'chart' }, element('figcaption', {}, element('h3', {}, chart.name.replaceAll('_', ' '))), element('p', { class: 'warning' }, 'None of its values is finite.'));
  }
  const x = scale(epochs[0], epochs[epochs.length - 1], PLOT.left, PLOT.width - PLOT.right);
  const ticks = niceTicks(Math.min(...values), Math.max(...values), 4);
  const y = scale(ticks[0], ticks[ticks.length - 1], PLOT.height - PLOT.bottom, PLOT.top);
  const drawing = shape('svg', { viewBox: `0 0 ${PLOT.width} ${PLOT.height}`, role: 'img', 'aria-label': `${chart.name} over ${plural(epochs.length, 'epoch')}` });
  for (const tick of ticks) {
    drawing.append(shape('path', { class: 'gridline', d: `M${PLOT.left} ${y(tick)}H${PLOT.width - PLOT.right}` }), shape('text', { class: 'scale', x: PLOT.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, figure(tick)));
  }
  for (const epoch of epochs.filter((_, index) => index % Math.ceil(epochs.length / 10) === 0)) {
    drawing.append(shape('text', { class: 'scale', x: x(epoch), y: PLOT.height - 10, 'text-anchor': 'middle' }, String(epoch)));
  }
  const cursor = shape('path', { class: 'cursor', d: '' });
  const readout = element('p', { class: 'readout', 'aria-live': 'off' });
  drawing.append(cursor);
  chart.curves.forEach((curve) => {
    const kind = curve.name.startsWith('val_') ? 'validation' : 'training';
    const points = curve.epochs.map((epoch, index) => ({ epoch, value: curve.values[index] })).filter((point) => typeof point.value === 'number');
    drawing.append(shape('polyline', { class: `curve ${kind}`, points: points.map((point) => `${x(point.epoch)},${y(point.value)}`).join(' ') }));
    if (points.length <= 40) {
      points.forEach((point) => drawing.append(shape('circle', { class: `point ${kind}`, cx: x(point.epoch), cy: y(point.value), r: 2.8 })));
    }
  });
  const tell = (epoch) => {
    readout.replaceChildren(element('span', { class: 'quiet' }, `epoch ${epoch}`), ...chart.curves.map((curve) => {
      const kind = curve.name.startsWith('val_') ? 'validation' : 'training';
      return element('span', { class: kind }, `${chart.curves.length > 1 ? `${kind} ` : ''}${figure(curve.values[curve.epochs.indexOf(epoch)])}`);
    }));
  };
  drawing.addEventListener('pointermove', (event) => {
    const box = drawing.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * PLOT.width;
    const epoch = epochs.reduce((best, candidate) => (Math.abs(x(candidate) - at) < Math.abs(x(best) - at) ? candidate : best));
    cursor.setAttribute('d', `M${x(epoch)} ${PLOT.top}V${PLOT.height - PLOT.bottom}`);
    tell(epoch);
  });
  drawing.addEventListener('pointerleave', () => {
    cursor.setAttribute('d', '');
    tell(epochs[epochs.length - 1]);
  });
  tell(epochs[epochs.length - 1]);
  return element('figure', { class: 'chart' }, element('figcaption', {}, element('h3', {}, chart.name.replaceAll('_', ' ')), readout), drawing);
}

function scale(low, high, from, to) {
  return (value) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
}

/** Round numbers that span a range. */
function niceTicks(low, high, count) {
  if (!(high > low)) {
    const pad = Math.abs(low) || 1;
    low -= pad / 2;
    high += pad / 2;
  }
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw * 0.999);
  const ticks = [];
  for (let tick = Math.floor(low / step + 1e-9); tick < high / step + 1 - 1e-9; tick++) {
    ticks.push(Number((tick * step).toPrecision(10)));
  }
  return ticks;
}
