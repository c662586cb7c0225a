// From the models in the data to items with places: a card for each call of a layer, a frame for each model inside.

const CARD_HEIGHT = 66;
const CARD_LEAST = 190;
const CARD_MOST = 320;
const FRAME_HEAD = 58;
const FRAME_EDGE = 18;
const MOST_OPEN = 60;
const CLASS_FONT = '600 13.5px system-ui, sans-serif';
const NAME_FONT = '12px ui-monospace, monospace';
const SHAPE_FONT = '12px ui-monospace, monospace';

/** The calls of a model, placed; open models inside of it are placed within their frames. */
function sceneOf(data, model, isOpen, parent) {
  const graph = data.models[model];
  const calls = new Map();
  const items = graph.calls.map((call, index) => {
    const layer = graph.layers[call.layer];
    const number = (calls.get(call.layer) || 0) + 1;
    calls.set(call.layer, number);
    return { id: parent ? `${parent.id}/${index}` : `${index}`, parent, model, call, layer, layerKey: `${model}:${call.layer}`, number, shape: call.shapes.join(' · '), inner: null, before: [], after: [] };
  });
  const edges = [];
  items.forEach((item, to) => {
    item.calls = calls.get(item.call.layer);
    item.call.inputs.forEach((from, place) => {
      edges.push({ from, to, keyword: item.call.keywords[place] });
      if (!item.before.includes(items[from])) {
        item.before.push(items[from]);
        items[from].after.push(item);
      }
    });
    item.isOutput = graph.outputs.includes(to);
    item.canOpen = typeof item.layer.nested === 'number';
    item.isOpen = item.canOpen && isOpen(item);
    if (item.isOpen) {
      item.inner = sceneOf(data, item.layer.nested, isOpen, item);
    }
    item.size = sizeOf(item);
  });
  const widest = Math.max(0, ...items.filter((item) => !item.inner).map((item) => item.size.width));
  items.filter((item) => !item.inner).forEach((item) => { item.size.width = widest; });
  const plan = graph.calls.length > 1 && !edges.length ? inColumns(items) : layOut(items.map((item) => item.size), edges);
  items.forEach((item, index) => Object.assign(item, plan.boxes[index]));
  plan.rows.forEach((row, rank) => row.forEach((index, place) => {
    items[index].row = row.map((other) => items[other]);
    items[index].place = place;
    items[index].rank = rank;
  }));
  return { items, edges: edges.map((edge, index) => ({ from: items[edge.from], to: items[edge.to], keyword: edge.keyword, points: plan.routes[index] })), width: plan.width, height: plan.height };
}

function sizeOf(item) {
  const head = widthOf(item.layer.className, CLASS_FONT) + widthOf(whole(item.layer.parameterCount), NAME_FONT) + 62 + (item.calls > 1 ? 64 : 0);
  const foot = widthOf(item.layer.name, NAME_FONT) + widthOf(item.shape, SHAPE_FONT) + 50;
  const width = Math.min(CARD_MOST, Math.max(CARD_LEAST, head, foot));
  return item.inner
    ? { width: Math.max(width, item.inner.width + 2 * FRAME_EDGE), height: item.inner.height + FRAME_HEAD + FRAME_EDGE }
    : { width: Math.round(width), height: CARD_HEIGHT };
}

/** Layers whose calls nobody knows: side by side, in the order of the model. */
function inColumns(items) {
  const columns = Math.ceil(Math.sqrt(items.length / 2));
  const step = Math.max(...items.map((item) => item.size.width)) + BOX_GAP;
  const boxes = items.map((item, index) => ({ x: (index % columns) * step, y: Math.floor(index / columns) * (CARD_HEIGHT + BOX_GAP) }));
  const rows = [];
  items.forEach((item, index) => (rows[Math.floor(index / columns)] = rows[Math.floor(index / columns)] || []).push(index));
  return { boxes, rows, routes: [], width: columns * step - BOX_GAP, height: rows.length * (CARD_HEIGHT + BOX_GAP) - BOX_GAP };
}

/** Every item, those inside of frames after their frame. */
function flatten(scene) {
  return scene.items.flatMap((item) => (item.inner ? [item, ...flatten(item.inner)] : [item]));
}

/** How many layers a model and the models inside it have. */
function layersIn(data, model) {
  return data.models[model].layers.reduce((sum, layer) => sum + 1 + (typeof layer.nested === 'number' ? layersIn(data, layer.nested) : 0), 0);
}
