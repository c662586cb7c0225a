// Places boxes in rows: what gives stands above what takes, lines cross little and run straight.

const ROW_GAP = 42;
const BOX_GAP = 28;
const LANE_GAP = 16;
const MOST_LANES = 20000;
const MOST_SPREAD = 70;

/**
 * Lays out a graph whose nodes are numbered so that edges lead from lower to higher numbers.
 * sizes: [{ width, height }]; edges: [{ from, to }]. Gives boxes ({ x, y }), routes (for each edge the points that it passes) and the extent.
 */
function layOut(sizes, edges) {
  const ranks = ranksOf(sizes.length, edges);
  const cells = sizes.map((size, index) => ({ rank: ranks[index], width: size.width, height: size.height, lane: false, up: [], down: [], index }));
  const paths = connect(cells, edges);
  const rows = order(cells);
  stack(rows);
  align(rows);
  const left = cells.reduce((least, cell) => Math.min(least, cell.x - cell.width / 2), Infinity);
  let width = 0;
  for (const cell of cells) {
    cell.x -= left;
    width = Math.max(width, cell.x + cell.width / 2);
  }
  const height = Math.max(0, ...cells.map((cell) => cell.y + cell.height));
  return {
    boxes: sizes.map((size, index) => ({ x: cells[index].x - size.width / 2, y: cells[index].y })),
    routes: routes(cells, edges, paths),
    rows: rows.map((row) => row.filter((cell) => !cell.lane).map((cell) => cell.index)).filter((row) => row.length),
    width,
    height,
  };
}

/** Each node one row below the last that it takes from; what takes nothing stands just above its first taker. */
function ranksOf(count, edges) {
  const ranks = new Array(count).fill(0);
  const fed = new Array(count).fill(false);
  const sorted = edges.slice().sort((one, other) => one.to - other.to);
  for (const edge of sorted) {
    ranks[edge.to] = Math.max(ranks[edge.to], ranks[edge.from] + 1);
    fed[edge.to] = true;
  }
  const nearest = new Array(count).fill(Infinity);
  for (const edge of edges) {
    nearest[edge.from] = Math.min(nearest[edge.from], ranks[edge.to] - 1);
  }
  return ranks.map((rank, node) => (!fed[node] && nearest[node] !== Infinity ? nearest[node] : rank));
}

/** Joins neighbours; an edge over several rows passes a lane in each, and edges of one source share their lanes. */
function connect(cells, edges) {
  const lanes = new Map();
  let made = 0;
  const paths = edges.map((edge) => {
    const path = [];
    let last = cells[edge.from];
    for (let rank = last.rank + 1; rank < cells[edge.to].rank && made < MOST_LANES; rank++) {
      const key = `${edge.from}/${rank}`;
      let lane = lanes.get(key);
      if (!lane) {
        lane = { rank, width: 2, height: 0, lane: true, up: [], down: [], index: -1 };
        lanes.set(key, lane);
        cells.push(lane);
        made++;
        join(last, lane);
      }
      path.push(lane);
      last = lane;
    }
    join(last, cells[edge.to]);
    return path;
  });
  edges.forEach((edge, index) => paths[index].forEach((lane) => { lane.branch = cells[edge.from].down.length === 1; }));
  return paths;
}

function join(upper, lower) {
  if (!upper.down.includes(lower)) {
    upper.down.push(lower);
    lower.up.push(upper);
  }
}

/** Rows from top to bottom, each sorted by where its neighbours stand; the arrangement with the fewest crossings wins. */
function order(cells) {
  const rows = [];
  for (const cell of cells) {
    (rows[cell.rank] = rows[cell.rank] || []).push(cell);
  }
  for (let rank = 0; rank < rows.length; rank++) {
    rows[rank] = rows[rank] || [];
  }
  visit(cells);
  let best = null;
  for (let round = 0; round < 14; round++) {
    const down = round % 2 === 0;
    for (const row of down ? rows : rows.slice().reverse()) {
      for (const cell of row) {
        const near = down ? cell.up : cell.down;
        cell.wish = near.length ? near.reduce((sum, other) => sum + other.place, 0) / near.length : cell.place;
      }
      row.sort((one, other) => one.wish - other.wish || one.place - other.place);
      row.forEach((cell, place) => { cell.place = place; });
    }
    const count = crossings(rows);
    if (!best || count < best.count) {
      best = { count, places: new Map(cells.map((cell) => [cell, cell.place])) };
    }
    if (best.count === 0) {
      break;
    }
  }
  for (const row of rows) {
    row.sort((one, other) => best.places.get(one) - best.places.get(other));
  }
  return rows;
}

/** The first arrangement: in the order in which a walk down the graph meets the cells. */
function visit(cells) {
  const next = [];
  const seen = new Set();
  for (const start of cells.filter((cell) => !cell.up.length)) {
    const walk = [start];
    while (walk.length) {
      const cell = walk.pop();
      if (!seen.has(cell)) {
        seen.add(cell);
        next[cell.rank] = next[cell.rank] || 0;
        cell.place = next[cell.rank]++;
        walk.push(...cell.down.slice().reverse());
      }
    }
  }
}

function crossings(rows) {
  let count = 0;
  for (const row of rows) {
    const ends = [];
    for (const cell of row.slice().sort((one, other) => one.place - other.place)) {
      const targets = cell.down.map((other) => other.place).sort((one, other) => one - other);
      for (const target of targets) {
        for (let i = ends.length - 1; i >= 0 && ends[i].most > target; i--) {
          count += ends[i].places.filter((place) => place > target).length;
        }
      }
      if (targets.length) {
        const most = Math.max(targets[targets.length - 1], ends.length ? ends[ends.length - 1].most : 0);
        ends.push({ places: targets, most });
      }
    }
  }
  return count;
}

function stack(rows) {
  let y = 0;
  for (const row of rows) {
    const height = Math.max(0, ...row.map((cell) => cell.height));
    const lines = row.reduce((sum, cell) => sum + cell.down.length, 0);
    for (const cell of row) {
      cell.y = y + (height - cell.height) / 2;
      cell.top = y;
      cell.bottom = y + height;
    }
    // Where lines spread and cross, they need height to be told apart.
    y += height + ROW_GAP + Math.min(MOST_SPREAD, 5 * Math.max(0, lines - row.length));
  }
}

/** Moves cells under and over their neighbours, up and down the rows, without changing the order in a row. */
function align(rows) {
  for (const row of rows) {
    let x = 0;
    for (const cell of row) {
      cell.x = x + cell.width / 2;
      x += cell.width + BOX_GAP;
    }
    for (const cell of row) {
      cell.x -= x / 2;
    }
  }
  for (let round = 0; round < 44; round++) {
    const down = round % 2 === 0;
    for (const row of down ? rows : rows.slice().reverse()) {
      settle(row, (cell) => (round > 23 ? cell.up.concat(cell.down) : down ? cell.up : cell.down));
    }
  }
  rows.slice(1).forEach((row) => settle(row, (cell) => cell.up));
}

/** The places nearest to what each cell wishes that keep the cells apart: neighbours that press on each other move as one. */
function settle(row, neighbours) {
  const groups = [];
  let offset = 0;
  row.forEach((cell, index) => {
    if (index > 0) {
      const last = row[index - 1];
      offset += (last.width + cell.width) / 2 + (last.lane || cell.lane ? LANE_GAP : BOX_GAP);
    }
    cell.offset = offset;
    let weight = 1e-6;
    let wish = cell.x * weight;
    for (const other of neighbours(cell)) {
      // Boxes follow boxes, lanes stay straight and run near their ends; a box follows the lane of a branch, not the one that goes around it.
      const pull = cell.lane === other.lane || other.branch ? 1 : cell.lane ? 0.3 : 1e-4;
      wish += other.x * pull;
      weight += pull;
    }
    groups.push({ wish: wish / weight - offset, weight: cell.lane ? 0.001 : 1, cells: [cell] });
    while (groups.length > 1 && groups[groups.length - 1].wish < groups[groups.length - 2].wish) {
      const right = groups.pop();
      const left = groups[groups.length - 1];
      left.wish = (left.wish * left.weight + right.wish * right.weight) / (left.weight + right.weight);
      left.weight += right.weight;
      left.cells.push(...right.cells);
    }
  });
  for (const group of groups) {
    for (const cell of group.cells) {
      cell.x = group.wish + cell.offset;
    }
  }
}

/** The points of each edge: out of the middle below, along its lanes, into its own place above. */
function routes(cells, edges, paths) {
  const entries = new Map();
  edges.forEach((edge, index) => {
    const list = entries.get(edge.to) || [];
    const before = paths[index].length ? paths[index][paths[index].length - 1] : cells[edge.from];
    list.push({ index, x: before.x });
    entries.set(edge.to, list);
  });
  const ports = [];
  for (const [node, list] of entries) {
    list.sort((one, other) => one.x - other.x);
    const step = Math.min(34, (cells[node].width - 48) / list.length);
    list.forEach((entry, place) => { ports[entry.index] = cells[node].x + (place - (list.length - 1) / 2) * step; });
  }
  return edges.map((edge, index) => {
    const from = cells[edge.from];
    const to = cells[edge.to];
    const points = [{ x: from.x, y: from.y + from.height }];
    for (const lane of paths[index]) {
      points.push({ x: lane.x, y: lane.top }, { x: lane.x, y: lane.bottom });
    }
    points.push({ x: ports[index], y: to.y });
    return points;
  });
}
