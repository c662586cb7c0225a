// Tables that sort by the heading that is clicked.

/** columns: [{ title, number, key (sorts by), show (a text or node) }]; rows: any objects. */
function sortable(id, columns, rows, onRow) {
  let sorted = { column: -1, down: false };
  const body = element('tbody', {});
  const made = rows.map((row, index) => {
    const node = element('tr', { 'data-row': index }, columns.map((column) => element('td', { class: column.number ? 'number' : null }, column.show(row))));
    if (onRow) {
      node.addEventListener('click', () => onRow(row));
    }
    return { row, node, index };
  });
  const heads = columns.map((column, index) => element('th', { scope: 'col', class: column.number ? 'number' : null },
    element('button', { type: 'button', onclick: () => sort(index) }, column.title)));

  function sort(column) {
    sorted = { column, down: sorted.column === column ? !sorted.down : Boolean(columns[column].number) };
    const key = columns[column].key;
    made.sort((one, other) => {
      const a = key(one.row);
      const b = key(other.row);
      const difference = typeof a === 'number' ? a - b : a.localeCompare(b, 'en', { numeric: true });
      return (sorted.down ? -difference : difference) || one.index - other.index;
    });
    heads.forEach((head, index) => {
      if (index === column) {
        head.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
    body.replaceChildren(...made.map((entry) => entry.node));
  }

  body.append(...made.map((entry) => entry.node));
  return element('div', { class: 'scroll' }, element('table', { class: 'grid', id }, element('thead', {}, element('tr', {}, heads)), body));
}

/** The layers of the model and of the models inside it, as Keras's summary lists them. */
function summaryTable(data, view) {
  const rows = [];
  let order = 0;
  const collect = (model, depth, path) => {
    const graph = data.models[model];
    graph.layers.forEach((layer, index) => {
      const calls = graph.calls.map((call, place) => ({ call, place })).filter((entry) => entry.call.layer === index);
      const from = [...new Set(calls.flatMap((entry) => entry.call.inputs.map((input) => graph.layers[graph.calls[input].layer].name)))];
      const id = calls.length ? `${path}${calls[0].place}` : null;
      rows.push({ layer, depth, id, from, order: order++, shape: calls.length ? calls[0].call.shapes.join(', ') : '?' });
      if (typeof layer.nested === 'number' && depth < 8) {
        collect(layer.nested, depth + 1, `${id}/`);
      }
    });
  };
  collect(0, 0, '');
  const total = Math.max(1, data.parameterCount);
  const branched = rows.some((row) => row.from.length > 1);
  const columns = [
    { title: 'Layer', key: (row) => row.order, show: (row) => element('span', { class: `entry f-${row.layer.family} depth-${Math.min(row.depth, 3)}` }, element('span', { class: 'dot' }), row.layer.name) },
    { title: 'Class', key: (row) => row.layer.className, show: (row) => row.layer.className },
    { title: 'Output shape', key: (row) => row.shape, show: (row) => row.shape },
    { title: 'Parameters', number: true, key: (row) => row.layer.parameterCount, show: (row) => (data.isBuilt ? whole(row.layer.parameterCount) : '?') },
    { title: 'Share', number: true, key: (row) => row.layer.parameterCount, show: (row) => bar(row.layer.parameterCount / total, row.layer.family) },
  ];
  if (rows.some((row) => !row.layer.trainable)) {
    columns.push({ title: 'Trainable', key: (row) => (row.layer.trainable ? 1 : 0), show: (row) => (row.layer.trainable ? 'yes' : 'frozen') });
  }
  if (branched) {
    columns.push({ title: 'Connected to', key: (row) => row.from.join(' '), show: (row) => row.from.join(', ') });
  }
  return sortable('layers', columns, rows, (row) => {
    const item = view.items.find((candidate) => candidate.id === row.id);
    if (item) {
      view.select(item);
      byId('graph').scrollIntoView({ block: 'nearest' });
    }
  });
}

function bar(part, family) {
  const width = 64;
  return part === 0 ? '' : element('span', { class: 'part' }, percent(part), shape('svg', { class: `f-${family}`, width, height: 6, 'aria-hidden': 'true' },
    shape('rect', { class: 'rail', width, height: 6, rx: 3 }), shape('rect', { class: 'share', width: Math.max(3, width * part), height: 6, rx: 3 })));
}

/** What a file of weights alone holds. */
function tensorTable(tensors) {
  return sortable('tensors', [
    { title: 'Tensor', key: (row) => row.name, show: (row) => row.name },
    { title: 'Layer', key: (row) => row.layer || '', show: (row) => row.layer || '' },
    { title: 'Type', key: (row) => row.type, show: (row) => row.type },
    { title: 'Shape', key: (row) => row.shape, show: (row) => row.shape },
    { title: 'Numbers', number: true, key: (row) => row.count, show: (row) => whole(row.count) },
    { title: 'Size', number: true, key: (row) => row.byteCount, show: (row) => bytes(row.byteCount) },
  ], tensors);
}
