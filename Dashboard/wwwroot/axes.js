// Numbers and axes: how a value is written, where the cells of an axis lie, where its ticks stand.
export const format = value => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(+value.toPrecision(4));
  if (value < 0) return `−${format(size)}`;
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return String(+value.toPrecision(4));
  const [digits, power] = (+value.toPrecision(4)).toExponential().split("e");
  const ten = `10${[...String(+power)].map(c => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]).join("")}`;
  return digits === "1" ? ten : `${digits}·${ten}`;
};
export const unit = text => text === "1" || !text ? "" : ` ${text}`;

export function scaleOf(axis, wish) {
  if (wish === "index") return "index";
  const values = axis.values, isAscending = values.every((v, i) => i === 0 || v > values[i - 1]);
  if (!isAscending || values.length < 2) return "index";
  if (wish === "log") return values[0] > 0 ? "log" : "linear";
  return wish || axis.scale;
}

// Edges of the cells along an axis, as fractions of its length: between neighbours, half way on the axis' scale.
export function edgesOf(axis, wish) {
  const n = axis.values.length, scale = scaleOf(axis, wish), map = scale === "log" ? Math.log : v => v;
  if (scale === "index" || n < 2) return Float64Array.from({ length: n + 1 }, (_, i) => i / n);
  const v = axis.values.map(map), edges = new Float64Array(n + 1);
  for (let i = 1; i < n; i++) edges[i] = (v[i - 1] + v[i]) / 2;
  edges[0] = v[0] - (edges[1] - v[0]);
  edges[n] = v[n - 1] + (v[n - 1] - edges[n - 1]);
  const [from, size] = [edges[0], edges[n] - edges[0]];
  return edges.map(e => (e - from) / size);
}

// For each device pixel along an axis, the cell below it.
export function cellsAlong(edges, pixels, [from, to], isDown) {
  const cells = new Int32Array(pixels);
  let cell = 0;
  for (let i = 0; i < pixels; i++) {
    const at = from + (to - from) * (i + 0.5) / pixels;
    while (cell + 1 < edges.length - 1 && edges[cell + 1] <= at) cell++;
    cells[isDown ? pixels - 1 - i : i] = cell;
  }
  return cells;
}

// The cell that a fraction of an axis' length falls into.
export function cellAlong(edges, at) {
  let i = 0;
  while (i + 1 < edges.length - 1 && edges[i + 1] <= at) i++;
  return i;
}

// Position of a cell's coordinate (fractions of cells count from the first cell's centre) in pixels.
export function place(edges, at, zoom, length) {
  const i = Math.max(0, Math.min(edges.length - 2, Math.round(at))), from = edges[i], to = edges[i + 1];
  return ((from + (to - from) * (at - i + 0.5)) - zoom[0]) / (zoom[1] - zoom[0]) * length;
}

export function ticks(axis, scale, edges, zoom, length, room) {
  const inside = [];
  for (let i = 0; i < axis.values.length; i++) {
    const at = place(edges, i, zoom, length);
    if (at >= 0 && at <= length) inside.push([i, at]);
  }
  if (inside.length === 0) return [];
  const nice = [];
  if (scale !== "index" && inside.length > length / room) {
    // Round numbers, placed between the values.
    const lo = axis.values[inside[0][0]], hi = axis.values[inside.at(-1)[0]], log = scale === "log";
    let values = [];
    if (log) {
      for (let e = Math.floor(Math.log10(lo)); e <= Math.log10(hi) + 1; e++) for (const m of hi / lo > 1e3 ? [1] : [1, 2, 5]) values.push(m * 10 ** e);
    } else {
      const raw = (hi - lo) / Math.max(2, length / room), ten = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].map(m => m * ten).find(s => s >= raw);
      for (let v = Math.ceil(lo / step - 1e-9) * step; v <= hi + step * 1e-9; v += step) values.push(+v.toPrecision(12));
    }
    for (const value of values) {
      let i = axis.values.findIndex(v => v >= value - Math.abs(value) * 1e-12);
      if (i < 0 || value < lo - Math.abs(lo) * 1e-9) continue;
      const a = axis.values[Math.max(0, i - 1)], b = axis.values[i];
      const t = i === 0 || a === b ? 0 : log ? Math.log(value / a) / Math.log(b / a) : (value - a) / (b - a);
      nice.push([value, place(edges, i === 0 ? 0 : i - 1 + t, zoom, length)]);
    }
    // Round numbers of a logarithmic axis lie closer at some places than at others.
    const apart = nice.reduce((kept, tick) => kept.length === 0 || tick[1] - kept.at(-1)[1] >= room * 0.7 ? [...kept, tick] : kept, []);
    if (apart.length >= 2) return apart;
  }
  const every = Math.max(1, Math.ceil(inside.length / Math.max(1, Math.floor(length / room))));
  return inside.filter((_, k) => k % every === 0).map(([i, at]) => [axis.values[i], at]);
}
