// Draws the scene, and moves through it: zoom, drag, keys.

const MARGIN = 24;
const ZOOM_LEAST = 0.08;
const ZOOM_MOST = 2.5;

class GraphView {
  constructor(data, onSelect) {
    this.data = data;
    this.onSelect = onSelect;
    this.canvas = byId('canvas');
    this.toggled = new Map();
    this.marked = null;
    this.broken = new Set(data.weights.flatMap((weight, index) => (isBroken(weight) ? [index] : [])));
    this.canvas.addEventListener('keydown', (event) => this.key(event));
    this.canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.listenToDrag();
    byId('zoom-in').addEventListener('click', () => this.zoomBy(1.25));
    byId('zoom-out').addEventListener('click', () => this.zoomBy(0.8));
    byId('zoom-fit').addEventListener('click', () => this.fit(0));
    this.draw();
    this.fit(0.8);
  }

  draw() {
    const isOpen = (item) => this.toggled.get(item.id) ?? layersIn(this.data, item.layer.nested) <= MOST_OPEN;
    this.scene = sceneOf(this.data, 0, isOpen, null);
    this.items = flatten(this.scene);
    this.width = this.scene.width + 2 * MARGIN;
    this.height = this.scene.height + 2 * MARGIN;
    this.svg = shape('svg', { viewBox: `0 0 ${this.width} ${this.height}`, role: 'group', 'aria-label': `Graph of ${this.data.name}: use the arrow keys to walk from layer to layer` });
    this.svg.append(shape('defs', {}, arrow('arrow'), arrow('arrow-hot')));
    this.svg.append(this.drawScene(this.scene, MARGIN, MARGIN));
    this.canvas.replaceChildren(this.svg);
    this.setScale(this.scale || 1);
    const current = this.items.find((item) => item.id === this.current?.id) || null;
    (current || this.items[0])?.node.setAttribute('tabindex', '0');
    this.current = current;
    this.mark(this.marked);
    this.highlight();
  }

  drawScene(scene, x, y) {
    const group = shape('g', { transform: `translate(${x} ${y})` });
    for (const edge of scene.edges) {
      edge.node = shape('path', { class: 'edge', d: pathOf(edge.points), 'marker-end': 'url(#arrow)' });
      group.append(edge.node);
    }
    this.edges = scene === this.scene ? scene.edges.slice() : this.edges.concat(scene.edges);
    for (const item of scene.items) {
      item.node = this.drawItem(item);
      group.append(item.node);
    }
    return group;
  }

  drawItem(item) {
    const { layer, size } = item;
    const total = this.data.parameterCount;
    const share = total > 0 ? layer.parameterCount / total : 0;
    const broken = layer.weights.some((weight) => this.broken.has(weight));
    const node = shape('g', {
      class: `item f-${layer.family}${item.inner ? ' frame' : ''}${broken ? ' broken' : ''}${layer.trainable ? '' : ' frozen'}`,
      transform: `translate(${item.x} ${item.y})`, tabindex: '-1', role: 'button', 'data-id': item.id, 'data-name': layer.name,
      'aria-label': `${layer.className} ${layer.name}, output ${item.shape}, ${plural(layer.parameterCount, 'parameter')}${broken ? ', not all of its weights are finite' : ''}`,
    });
    node.append(shape('title', {}, `${layer.className} “${layer.name}”\n${item.shape}\n${plural(layer.parameterCount, 'parameter')} (${percent(share)})${layer.trainable ? '' : '\nfrozen'}${layer.note ? `\n${layer.note}` : ''}`));
    node.append(shape('rect', { class: 'card', width: size.width, height: size.height, rx: 9 }));
    node.append(shape('path', { class: 'stripe', d: `M9 0H6V${size.height}H9A9 9 0 0 1 0 ${size.height - 9}V9A9 9 0 0 1 9 0Z` }));
    const lift = item.inner || share > 0 ? 0 : 6;
    const tags = [item.calls > 1 ? `call ${item.number} of ${item.calls}` : '', layer.trainable || !layer.parameterCount ? '' : 'frozen'].filter(Boolean).join(' · ');
    const count = layer.parameterCount ? whole(layer.parameterCount) : '';
    const right = size.width - 14 - (item.canOpen ? 24 : 0);
    const free = right - 26 - widthOf(count, NAME_FONT) - (tags ? widthOf(tags, '10.5px system-ui') + 8 : 0);
    const title = cut(layer.className, CLASS_FONT, free);
    node.append(shape('text', { class: 'class', x: 18, y: 23 + lift }, title));
    if (tags) {
      node.append(shape('text', { class: 'tag', x: 18 + widthOf(title, CLASS_FONT) + 8, y: 23 + lift }, tags));
    }
    node.append(shape('text', { class: 'count', x: right, y: 23 + lift, 'text-anchor': 'end' }, count));
    const shapeText = cut(item.shape, SHAPE_FONT, size.width * 0.62);
    node.append(shape('text', { class: 'shape', x: size.width - 14, y: 42 + lift, 'text-anchor': 'end' }, shapeText));
    node.append(shape('text', { class: 'name', x: 18, y: 42 + lift }, cut(layer.name, NAME_FONT, size.width - 44 - widthOf(shapeText, SHAPE_FONT))));
    if (!item.inner && share > 0) {
      node.append(shape('rect', { class: 'rail', x: 18, y: 53, width: size.width - 32, height: 4, rx: 2 }));
      node.append(shape('rect', { class: 'share', x: 18, y: 53, width: Math.max(4, (size.width - 32) * share), height: 4, rx: 2 }));
    }
    if (broken) {
      node.append(shape('circle', { class: 'alarm', cx: size.width - 2, cy: 2, r: 8 }), shape('text', { class: 'alarm-mark', x: size.width - 2, y: 6, 'text-anchor': 'middle' }, '!'));
    }
    if (item.canOpen) {
      const toggle = shape('g', { class: 'toggle', 'data-toggle': item.id });
      toggle.append(shape('title', {}, item.isOpen ? 'Close the model inside ( Space )' : 'Open the model inside ( Space )'));
      toggle.append(shape('rect', { x: size.width - 30, y: 9, width: 19, height: 19, rx: 5 }), shape('path', { d: item.isOpen ? `M${size.width - 25} 18.5h9` : `M${size.width - 25} 18.5h9m-4.5 -4.5v9` }));
      toggle.addEventListener('click', (event) => { event.stopPropagation(); this.toggle(item); });
      node.append(toggle);
    }
    if (item.inner) {
      node.append(this.drawScene(item.inner, (size.width - item.inner.width) / 2, FRAME_HEAD));
    }
    node.addEventListener('click', (event) => { event.stopPropagation(); if (!this.dragged) { this.select(item); } });
    return node;
  }

  toggle(item) {
    this.toggled.set(item.id, !item.isOpen);
    this.current = item;
    this.draw();
    this.reveal(this.current, false);
    this.current.node.focus({ preventScroll: true });
  }

  select(item, focus = true) {
    this.items.find((other) => other.node.getAttribute('tabindex') === '0')?.node.setAttribute('tabindex', '-1');
    this.current = item;
    (item || this.items[0])?.node.setAttribute('tabindex', '0');
    if (item && focus) {
      item.node.focus({ preventScroll: true });
      this.reveal(item, false);
    }
    this.highlight();
    this.onSelect(item);
  }

  highlight() {
    const item = this.current;
    for (const other of this.items) {
      other.node.classList.toggle('selected', other === item);
      other.node.classList.toggle('twin', Boolean(item) && other !== item && other.layerKey === item.layerKey);
    }
    for (const edge of this.edges) {
      const hot = Boolean(item) && (edge.from === item || edge.to === item);
      edge.node.classList.toggle('hot', hot);
      edge.node.setAttribute('marker-end', hot ? 'url(#arrow-hot)' : 'url(#arrow)');
    }
  }

  /** Lifts the items of a set out of the rest; null for all alike. */
  mark(set) {
    this.marked = set;
    this.svg.classList.toggle('searching', Boolean(set));
    for (const item of this.items) {
      item.node.classList.toggle('match', Boolean(set) && set.has(item.id));
    }
  }

  reveal(item, center) {
    const box = item.node.getBoundingClientRect();
    const view = this.canvas.getBoundingClientRect();
    const pad = 40;
    const height = Math.min(box.height, CARD_HEIGHT * this.scale);
    const move = (start, end, low, high) => (center ? (start + end) / 2 - (low + high) / 2 : start < low + pad ? start - low - pad : end > high - pad ? end - high + pad : 0);
    this.canvas.scrollLeft += move(box.left, box.right, view.left, view.right);
    this.canvas.scrollTop += move(box.top, box.top + height, view.top, view.bottom);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.items.length) {
      return;
    }
    const item = this.current;
    const steps = {
      ArrowDown: () => (item ? item.inner?.items[0] || item.after[0] || (item.parent && item.parent.after[0]) : this.items[0]),
      ArrowUp: () => (item ? item.before[0] || item.parent : this.items[0]),
      ArrowRight: () => (item ? item.row[item.place + 1] : this.items[0]),
      ArrowLeft: () => (item ? item.row[item.place - 1] : this.items[0]),
      Home: () => this.items[0],
      End: () => this.items[this.items.length - 1],
      Enter: () => item || this.items[0],
      '+': () => this.zoomBy(1.25),
      '=': () => this.zoomBy(1.25),
      '-': () => this.zoomBy(0.8),
      0: () => this.fit(0),
      Escape: () => this.select(null),
      ' ': () => (item?.canOpen ? this.toggle(item) : item || this.items[0]),
    };
    if (steps[event.key]) {
      event.preventDefault();
      const next = steps[event.key]();
      if (next) {
        this.select(next);
      }
    }
  }

  wheel(event) {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    }
  }

  listenToDrag() {
    let start = null;
    this.canvas.addEventListener('pointerdown', (event) => {
      this.dragged = false;
      start = event.button === 0 && event.pointerType === 'mouse' ? { x: event.clientX, y: event.clientY, left: this.canvas.scrollLeft, top: this.canvas.scrollTop } : null;
    });
    window.addEventListener('pointermove', (event) => {
      if (start && (this.dragged || Math.hypot(event.clientX - start.x, event.clientY - start.y) > 4)) {
        this.dragged = true;
        this.canvas.classList.add('dragging');
        this.canvas.scrollLeft = start.left - event.clientX + start.x;
        this.canvas.scrollTop = start.top - event.clientY + start.y;
      }
    });
    window.addEventListener('pointerup', () => {
      start = null;
      this.canvas.classList.remove('dragging');
    });
    this.canvas.addEventListener('click', () => { if (!this.dragged) { this.select(null); } });
  }

  zoomBy(factor, x, y) {
    const view = this.canvas.getBoundingClientRect();
    const at = { x: (x ?? view.left + view.width / 2) - view.left, y: (y ?? view.top + view.height / 2) - view.top };
    const before = this.scale;
    this.setScale(before * factor);
    const ratio = this.scale / before;
    this.canvas.scrollLeft = (this.canvas.scrollLeft + at.x) * ratio - at.x;
    this.canvas.scrollTop = (this.canvas.scrollTop + at.y) * ratio - at.y;
  }

  /** The whole graph; with a least scale, a graph that would be smaller is cut off below, and at the sides only if it is very wide. */
  fit(least) {
    const wide = Math.min(1, (this.canvas.clientWidth - 2) / this.width);
    const wanted = Math.min(wide, (this.canvas.clientHeight - 2) / this.height);
    this.setScale(Math.max(wanted, Math.min(least, Math.max(wide, least / 2))));
    this.canvas.scrollTop = 0;
    const first = this.scene.items[0];
    this.canvas.scrollLeft = first ? (first.x + first.size.width / 2 + MARGIN) * this.scale - this.canvas.clientWidth / 2 : 0;
  }

  setScale(scale) {
    this.scale = Math.min(ZOOM_MOST, Math.max(ZOOM_LEAST, scale));
    this.svg.setAttribute('width', this.width * this.scale);
    this.svg.setAttribute('height', this.height * this.scale);
  }
}

const isBroken = (weight) => Boolean(weight.statistics) && weight.statistics.naNCount + weight.statistics.infinityCount > 0;

function arrow(id) {
  return shape('marker', { id, viewBox: '0 0 10 10', refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: 'auto' }, shape('path', { class: id, d: 'M1 1.5 9 5 1 8.5z' }));
}

function pathOf(points) {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1];
    const to = points[i];
    const middle = (from.y + to.y) / 2;
    path += Math.abs(from.x - to.x) < 0.5 ? `L${to.x} ${to.y}` : `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
  }
  return path;
}
