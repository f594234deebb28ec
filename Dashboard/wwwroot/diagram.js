// <phase-diagram campaign="id" show="outcome" x="…" y="…" at="name=value,…">: a map of a campaign, painted from one byte a
// point. Attributes: live (follow the events), boundary (draw where P(wave) is one half), minus (another campaign, whose
// share is taken off), marks (indices of points to frame), xscale and yscale (linear | log | index).
import { follow } from "./events.js";
import { classColours, notYet, viridis, diverging } from "./palette.js";
import { makeSvg, save, savePng } from "./export.js";

const SVG = "http://www.w3.org/2000/svg";
const LARGE = 4_000_000, TILE = 512, MARGIN = { left: 74, right: 14, top: 12, bottom: 52 };
const plans = new Map(), rasters = new Map();
// View of a diagram that was taken out of the page: the one that is put in its place within the same task goes on with it.
let left = null;

const fetchPlan = id => {
  if (!plans.has(id)) {
    plans.set(id, fetch(`/api/campaigns/${encodeURIComponent(id)}/plan`).then(answer => {
      if (!answer.ok) throw new Error(`the plan of ${id}: ${answer.status}`);
      return answer.json();
    }).catch(error => { plans.delete(id); throw error; }));
  }
  return plans.get(id);
};

export const format = value => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (value < 0) return `−${format(size)}`;
  if (size === 0 || (size >= 1e-3 && size < 1e5)) return String(+value.toPrecision(4));
  const [digits, power] = (+value.toPrecision(4)).toExponential().split("e");
  const ten = `10${[...String(+power)].map(c => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]).join("")}`;
  return digits === "1" ? ten : `${digits}·${ten}`;
};
const unit = text => text === "1" || !text ? "" : ` ${text}`;

class PhaseDiagram extends HTMLElement {
  static observedAttributes = ["campaign", "show", "x", "y", "at", "minus", "boundary", "xscale", "yscale", "live", "marks"];

  connectedCallback() {
    this.innerHTML = `<div class="pd-plot"><canvas></canvas><svg class="pd-axes" aria-hidden="true"></svg><div class="pd-band"></div>
      <div class="pd-tip" role="status"></div></div><div class="pd-legend"></div>`;
    [this.canvas, this.svg, this.band, this.tip, this.legend] =
      ["canvas", "svg", ".pd-band", ".pd-tip", ".pd-legend"].map(one => this.querySelector(one));
    this.tabIndex = 0;
    this.setAttribute("role", "group");
    [this.zoom, this.cursor] = left?.of === this.identity ? [left.zoom, left.cursor] : [null, null];
    left = null;
    this.resize = new ResizeObserver(() => this.isTiled && this.plan ? this.fetchView().then(() => this.draw(), () => {}) : this.draw());
    this.resize.observe(this.querySelector(".pd-plot"));
    this.unfollow = follow(news => this.hear(news));
    this.listen();
    this.theme = () => { this.paletteOf = null; this.draw(); };
    document.addEventListener("calciumsweep-theme", this.theme);
    this.load();
  }

  // What a zoom and a cursor are good for.
  get identity() { return ["campaign", "x", "y"].map(name => this.getAttribute(name)).join(" "); }

  disconnectedCallback() {
    left = { of: this.identity, zoom: this.zoom, cursor: this.cursor };
    setTimeout(() => { left = null; }, 1000);
    this.resize?.disconnect();
    this.unfollow?.();
    clearTimeout(this.timer);
    document.removeEventListener("calciumsweep-theme", this.theme);
    this.isGone = true;
  }

  attributeChangedCallback(name, before, after) {
    if (!this.canvas || before === after) return;
    if (name === "campaign" || name === "x" || name === "y") this.zoom = null;
    clearTimeout(this.changing);
    this.changing = setTimeout(() => name.endsWith("scale") || name === "marks" ? this.draw() : this.load(), 0);
  }

  query(extra = {}) {
    const query = new URLSearchParams({ show: this.getAttribute("show") || "outcome" });
    for (const name of ["x", "y", "at"]) if (this.getAttribute(name)) query.set(name, this.getAttribute(name));
    for (const [name, value] of Object.entries(extra)) query.set(name, value);
    return query;
  }

  path(id, rest, extra) { return `/api/campaigns/${encodeURIComponent(id)}/${rest}?${this.query(extra)}`; }

  async load() {
    const id = this.getAttribute("campaign"), load = this.loading = {};
    if (!id) return;
    try {
      const key = this.path(id, "diagram");
      const known = rasters.get(key);
      // The first time the map is asked for without waiting for the plan; only the plan tells that it is too large for that.
      const early = known || plans.has(id) ? null : this.fetchRaster(id, key).catch(error => error);
      this.plan = await fetchPlan(id);
      if (this.loading !== load || this.isGone) return;
      this.setAxes();
      this.isTiled = this.x.values.length * this.y.values.length > LARGE;
      const failed = await early;
      if (failed instanceof Error && !this.isTiled) throw failed;
      if (!this.isTiled && !rasters.has(key)) await this.fetchRaster(id, key);
      if (this.loading !== load || this.isGone) return;
      this.raster = this.isTiled ? { width: this.x.values.length, height: this.y.values.length } : rasters.get(key);
      this.other = null;
      if (this.getAttribute("minus") && this.isTiled) throw new Error("a difference has at most 4 million points");
      if (this.getAttribute("minus")) {
        const other = this.path(this.getAttribute("minus"), "diagram");
        await this.fetchRaster(this.getAttribute("minus"), other);
        this.other = rasters.get(other);
        if (this.other.width !== this.raster.width || this.other.height !== this.raster.height) {
          throw new Error("the two campaigns have other axes");
        }
      }
      this.paletteOf = null;
      await this.fetchView();
      this.draw();
      if (known && !this.isTiled) this.update();
      if (this.cursor) this.point(this.cursor);
      this.fetchBoundary();
    } catch (error) {
      if (this.loading === load) this.say(error.message);
    }
  }

  say(text) { this.classList.add("pd-empty"); this.legend.textContent = text; }

  setAxes() {
    const axes = this.plan.axes;
    const longest = axes.map((axis, i) => i).sort((a, b) => axes[b].values.length - axes[a].values.length || a - b).slice(0, 2).sort((a, b) => a - b);
    const find = name => axes.findIndex(axis => axis.parameter === name);
    let x = this.getAttribute("x") ? find(this.getAttribute("x")) : longest[0], y = this.getAttribute("y") ? find(this.getAttribute("y")) : longest[1];
    if (x === y) y = x === longest[1] ? longest[0] : longest[1];
    [this.ix, this.iy, this.x, this.y] = [x, y, axes[x], axes[y]];
    this.held = axes.map(axis => Math.floor(axis.values.length / 2));
    for (const part of (this.getAttribute("at") || "").split(",").filter(p => p)) {
      const [name, value] = part.split("="), at = find(name);
      if (at >= 0) this.held[at] = axes[at].values.reduce((best, v, i, all) => Math.abs(v - value) < Math.abs(all[best] - value) ? i : best, 0);
    }
  }

  // The whole raster, or what changed since the version we have; one request at a time.
  async fetchRaster(id, key) {
    const known = rasters.get(key);
    const answer = await fetch(this.path(id, "diagram", { format: "bytes", ...(known ? { since: known.version } : {}) }));
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({}));
      throw new Error(problem.detail || `the map is not to be had: ${answer.status}`);
    }
    const header = name => answer.headers.get(`Diagram-${name}`), bytes = new Uint8Array(await answer.arrayBuffer());
    let raster = known;
    if (header("Delta") && known) {
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < bytes.length; i += 5) known.cells[view.getInt32(i, true)] = bytes[i + 4];
    } else {
      raster = { cells: bytes, width: +header("Width"), height: +header("Height") };
    }
    raster.version = header("Version");
    raster.min = header("Min") === "" ? null : +header("Min");
    raster.max = header("Max") === "" ? null : +header("Max");
    raster.classes = header("Classes")?.split(",");
    raster.bytes = bytes.length;
    rasters.delete(key);
    rasters.set(key, raster);
    if (rasters.size > 12) rasters.delete(rasters.keys().next().value);
    return raster;
  }

  hear(news) {
    if (news.campaign !== this.getAttribute("campaign") || !this.hasAttribute("live") || news.done === this.heard) return;
    this.heard = news.done;
    this.isWanted = true;
    if (!this.timer) this.timer = setTimeout(() => this.update(), 0);
  }

  async update() {
    this.timer = setTimeout(() => { this.timer = null; if (this.isWanted) this.update(); }, document.hidden ? 5000 : 500);
    this.isWanted = false;
    if (document.hidden || this.isUpdating) { this.isWanted = true; return; }
    this.isUpdating = true;
    try {
      const id = this.getAttribute("campaign"), key = this.path(id, "diagram"), load = this.loading;
      const raster = this.isTiled ? this.raster : await this.fetchRaster(id, key);
      if (this.loading === load && !this.isGone) {
        this.raster = raster;
        await this.fetchView();
        if (this.boundaryAt === undefined || performance.now() - this.boundaryAt > 2000) this.fetchBoundary();
        this.draw();
      }
    } catch { this.isWanted = true; } finally { this.isUpdating = false; }
  }

  async fetchBoundary() {
    if (!this.hasAttribute("boundary") || this.getAttribute("minus")) { this.lines = null; this.drawAxes(); return; }
    this.boundaryAt = performance.now();
    const answer = await fetch(this.path(this.getAttribute("campaign"), "diagram/boundary")).catch(() => null);
    this.lines = answer?.ok ? await answer.json() : null;
    this.drawAxes();
  }

  // Beyond 4 million cells the page does not look at all of them: tiles of the level that fits the screen.
  async fetchView() {
    if (!this.isTiled) { this.region = { level: 0, x: 0, y: 0, width: this.raster.width, cells: this.raster.cells }; return; }
    const zoom = this.zoom || { x: [0, 1], y: [0, 1] }, box = this.box, ratio = window.devicePixelRatio || 1;
    const span = (edges, pixels, range) => { const cells = this.cellsAlong(edges, Math.max(2, Math.round(pixels * ratio)), range, false); return [cells[0], cells.at(-1)]; };
    const [x0, x1] = span(this.edges(this.x, this.getAttribute("xscale")), box.width, zoom.x), [y0, y1] = span(this.edges(this.y, this.getAttribute("yscale")), box.height, zoom.y);
    const level = Math.max(0, Math.ceil(Math.log2(Math.max((x1 - x0 + 1) / (box.width * ratio), (y1 - y0 + 1) / (box.height * ratio)))));
    const tile = at => Math.floor((at >> level) / TILE), [c0, c1, r0, r1] = [tile(x0), tile(x1), tile(y0), tile(y1)];
    const width = (c1 - c0 + 1) * TILE, cells = new Uint8Array(width * (r1 - r0 + 1) * TILE), view = this.view = {};
    await Promise.all(Array.from({ length: (c1 - c0 + 1) * (r1 - r0 + 1) }, async (_, i) => {
      const column = c0 + i % (c1 - c0 + 1), row = r0 + Math.floor(i / (c1 - c0 + 1));
      const answer = await fetch(this.path(this.getAttribute("campaign"), `diagram/tiles/${level}/${column}/${row}`), { cache: "no-cache" });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail || `a tile is not to be had: ${answer.status}`);
      const header = name => answer.headers.get(`Diagram-${name}`), bytes = new Uint8Array(await answer.arrayBuffer()), w = +header("Width");
      for (let y = 0; y < +header("Height"); y++) cells.set(bytes.subarray(y * w, (y + 1) * w), ((row - r0) * TILE + y) * width + (column - c0) * TILE);
      this.raster.classes = header("Classes")?.split(",");
      [this.raster.min, this.raster.max, this.raster.version] = [header("Min") === "" ? null : +header("Min"), header("Max") === "" ? null : +header("Max"), header("Version")];
    }));
    if (this.view === view) this.region = { level, x: c0 * TILE, y: r0 * TILE, width, cells };
  }

  // The byte of a cell; 0 where nothing is known or nothing was fetched.
  byteAt([x, y]) {
    const { level, x: left, y: low, width, cells } = this.region, column = (x >> level) - left;
    return column < 0 || column >= width ? 0 : cells[((y >> level) - low) * width + column] || 0;
  }

  scaleOf(axis, wish) {
    if (wish === "index") return "index";
    const values = axis.values, isAscending = values.every((v, i) => i === 0 || v > values[i - 1]);
    if (!isAscending || values.length < 2) return "index";
    if (wish === "log") return values[0] > 0 ? "log" : "linear";
    return wish || axis.scale;
  }

  // Edges of the cells along an axis, as fractions of its length: between neighbours, half way on the axis' scale.
  edges(axis, wish) {
    const n = axis.values.length, scale = this.scaleOf(axis, wish), map = scale === "log" ? Math.log : v => v;
    if (scale === "index" || n < 2) return Float64Array.from({ length: n + 1 }, (_, i) => i / n);
    const v = axis.values.map(map), edges = new Float64Array(n + 1);
    for (let i = 1; i < n; i++) edges[i] = (v[i - 1] + v[i]) / 2;
    edges[0] = v[0] - (edges[1] - v[0]);
    edges[n] = v[n - 1] + (v[n - 1] - edges[n - 1]);
    const [from, size] = [edges[0], edges[n] - edges[0]];
    return edges.map(e => (e - from) / size);
  }

  get box() {
    const { width, height } = this.querySelector(".pd-plot").getBoundingClientRect();
    return { left: MARGIN.left, top: MARGIN.top, width: Math.max(20, width - MARGIN.left - MARGIN.right), height: Math.max(20, height - MARGIN.top - MARGIN.bottom) };
  }

  palette() {
    const isDark = document.documentElement.dataset.theme === "dark";
    const key = `${isDark} ${this.raster.classes} ${!!this.other}`;
    if (this.paletteOf === key) return this.colours;
    this.paletteOf = key;
    const list = this.other ? diverging() : this.raster.classes ? classColours(this.raster.classes, isDark) : viridis();
    this.colours = Uint32Array.from(list, ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0);
    this.colours[0] = this.other ? this.colours[0] : 0;
    return this.colours;
  }

  // For each device pixel along an axis, the cell below it.
  cellsAlong(edges, pixels, [from, to], isDown) {
    const cells = new Int32Array(pixels);
    let cell = 0;
    for (let i = 0; i < pixels; i++) {
      const at = from + (to - from) * (i + 0.5) / pixels;
      while (cell + 1 < edges.length - 1 && edges[cell + 1] <= at) cell++;
      cells[isDown ? pixels - 1 - i : i] = cell;
    }
    return cells;
  }

  draw() {
    if (!this.region || !this.plan || this.isGone) return;
    this.classList.remove("pd-empty");
    const began = performance.now(), box = this.box, ratio = window.devicePixelRatio || 1;
    const w = Math.round(box.width * ratio), h = Math.round(box.height * ratio), zoom = this.zoom || { x: [0, 1], y: [0, 1] };
    this.xe = this.edges(this.x, this.getAttribute("xscale"));
    this.ye = this.edges(this.y, this.getAttribute("yscale"));
    if (this.canvas.width !== w || this.canvas.height !== h) [this.canvas.width, this.canvas.height] = [w, h];
    Object.assign(this.canvas.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
    const context = this.canvas.getContext("2d"), image = context.createImageData(w, h), out = new Uint32Array(image.data.buffer);
    const columns = this.cellsAlong(this.xe, w, zoom.x, false), rows = this.cellsAlong(this.ye, h, zoom.y, true);
    const { level, x: left, y: low, width, cells } = this.region, colours = this.palette(), other = this.other?.cells;
    if (this.isTiled) {
      const inside = v => v < 0 || v >= width ? width - 1 : v;
      for (let px = 0; px < w; px++) columns[px] = inside((columns[px] >> level) - left);
      for (let py = 0; py < h; py++) rows[py] = Math.max(0, (rows[py] >> level) - low);
    }
    for (let py = 0, i = 0; py < h; py++) {
      if (py > 0 && rows[py] === rows[py - 1]) { out.copyWithin(i, i - w, i); i += w; continue; }
      const row = rows[py] * width;
      if (other) {
        for (let px = 0; px < w; px++) {
          const at = row + columns[px], a = cells[at], b = other[at];
          out[i++] = a && b ? colours[128 + ((a - b) >> 1)] : 0;
        }
      } else {
        for (let px = 0; px < w; px++) out[i++] = colours[cells[row + columns[px]]];
      }
    }
    context.putImageData(image, 0, 0);
    this.drawAxes();
    this.drawLegend();
    this.dataset.paint = (performance.now() - began).toFixed(1);
    this.dataset.painted = String(+(this.dataset.painted || 0) + 1);
    this.dataset.version = this.raster.version;
    if (!this.firstPaint) this.dataset.first = (this.firstPaint = performance.now()).toFixed(0);
  }

  // Position of a cell's coordinate (fractions of cells count from the first cell's centre) in pixels.
  place(edges, at, zoom, length) {
    const i = Math.max(0, Math.min(edges.length - 2, Math.round(at))), from = edges[i], to = edges[i + 1];
    return ((from + (to - from) * (at - i + 0.5)) - zoom[0]) / (zoom[1] - zoom[0]) * length;
  }

  ticks(axis, edges, zoom, length, room) {
    const inside = [];
    for (let i = 0; i < axis.values.length; i++) {
      const at = this.place(edges, i, zoom, length);
      if (at >= 0 && at <= length) inside.push([i, at]);
    }
    if (inside.length === 0) return [];
    const nice = [], scale = this.scaleOf(axis, axis === this.x ? this.getAttribute("xscale") : this.getAttribute("yscale"));
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
        nice.push([value, this.place(edges, i === 0 ? 0 : i - 1 + t, zoom, length)]);
      }
      if (nice.length >= 2) return nice;
    }
    const every = Math.max(1, Math.ceil(inside.length / Math.max(1, Math.floor(length / room))));
    return inside.filter((_, k) => k % every === 0).map(([i, at]) => [axis.values[i], at]);
  }

  drawAxes() {
    if (!this.raster || !this.xe) return;
    const box = this.box, zoom = this.zoom || { x: [0, 1], y: [0, 1] }, parts = [];
    const right = box.left + box.width, bottom = box.top + box.height;
    parts.push(`<rect class="pd-frame" x="${box.left - 0.5}" y="${box.top - 0.5}" width="${box.width + 1}" height="${box.height + 1}"/>`);
    for (const [value, at] of this.ticks(this.x, this.xe, zoom.x, box.width, 64)) {
      parts.push(`<path class="pd-tick" d="M${box.left + at} ${bottom}v5"/><text x="${box.left + at}" y="${bottom + 18}" text-anchor="middle">${format(value)}</text>`);
    }
    for (const [value, at] of this.ticks(this.y, this.ye, zoom.y, box.height, 34)) {
      parts.push(`<path class="pd-tick" d="M${box.left} ${bottom - at}h-5"/><text x="${box.left - 9}" y="${bottom - at + 4}" text-anchor="end">${format(value)}</text>`);
    }
    parts.push(`<text class="pd-name" x="${box.left + box.width / 2}" y="${bottom + 41}" text-anchor="middle">${this.x.parameter}${this.unitOf(this.x)}</text>`);
    parts.push(`<text class="pd-name" transform="translate(16 ${box.top + box.height / 2}) rotate(-90)" text-anchor="middle">${this.y.parameter}${this.unitOf(this.y)}</text>`);
    if (this.lines) {
      const d = lines => lines.map(([x1, y1, x2, y2]) => {
        const p = (x, y) => `${(box.left + this.place(this.xe, x, zoom.x, box.width)).toFixed(1)} ${(bottom - this.place(this.ye, y, zoom.y, box.height)).toFixed(1)}`;
        return `M${p(x1, y1)}L${p(x2, y2)}`;
      }).join("");
      const clip = `pd-clip-${PhaseDiagram.count = (PhaseDiagram.count || 0) + 1}`;
      parts.push(`<clipPath id="${clip}"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath>`
        + `<g clip-path="url(#${clip})"><path class="pd-halo" d="${d(this.lines.middle)}"/><path class="pd-line" d="${d(this.lines.middle)}"/>`
        + `<path class="pd-side" d="${d(this.lines.inner)}"/><path class="pd-side" d="${d(this.lines.outer)}"/></g>`);
    }
    parts.push(...this.drawMarks(box, zoom));
    if (this.cursor) {
      const [x, y] = this.cursor, at = (edges, i, z, n) => [(edges[i] - z[0]) / (z[1] - z[0]) * n, (edges[i + 1] - z[0]) / (z[1] - z[0]) * n];
      const [x0, x1] = at(this.xe, x, zoom.x, box.width), [y0, y1] = at(this.ye, y, zoom.y, box.height);
      parts.push(`<rect class="pd-cursor" x="${box.left + x0}" y="${bottom - y1}" width="${Math.max(2, x1 - x0)}" height="${Math.max(2, y1 - y0)}"/>`);
    }
    this.svg.setAttribute("viewBox", `0 0 ${right + MARGIN.right} ${bottom + MARGIN.bottom}`);
    this.svg.innerHTML = parts.join("");
  }

  // A frame around each point that is named, at least as large as can be seen; one frame where many lie on one dot.
  drawMarks(box, zoom) {
    const axes = this.plan.axes, stride = at => axes.slice(at + 1).reduce((n, axis) => n * axis.values.length, 1), frames = new Set();
    const side = (edges, i, [from, to], length) => { const a = (edges[i] - from) / (to - from) * length, b = (edges[i + 1] - from) / (to - from) * length; return [(a + b) / 2, Math.max(5, b - a)]; };
    for (const text of (this.getAttribute("marks") || "").split(",").filter(t => t)) {
      const point = +text, cell = at => Math.floor(point / stride(at)) % axes[at].values.length;
      const [x, w] = side(this.xe, cell(this.ix), zoom.x, box.width), [y, h] = side(this.ye, cell(this.iy), zoom.y, box.height);
      if (x >= 0 && x <= box.width && y >= 0 && y <= box.height) {
        frames.add(`<rect class="pd-mark" x="${(box.left + x - w / 2).toFixed(1)}" y="${(box.top + box.height - y - h / 2).toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}"/>`);
      }
    }
    return frames;
  }

  unitOf(axis) { return axis.unit === "1" ? "" : ` [${axis.unit}]`; }

  get showUnit() { return this.plan.observables.find(o => o.name === this.getAttribute("show"))?.unit ?? "1"; }

  get title() {
    const show = this.getAttribute("show") || "outcome", observable = this.plan.observables.find(o => o.name === show);
    return observable ? `mean ${show}${this.unitOf(observable)}` : show === "outcome" ? "most frequent outcome" : `P(${show === "pWave" ? "wave" : show})`;
  }

  drawLegend() {
    const { classes, min, max } = this.raster, { cells } = this.region, key = `${this.title}${min}${max}${this.other ? 1 : 0}`;
    if (classes) {
      const counts = new Int32Array(256), isDark = document.documentElement.dataset.theme === "dark", colours = classColours(classes, isDark);
      for (let i = 0; i < cells.length; i++) counts[cells[i]]++;
      const number = n => this.isTiled ? "" : ` <b>${n.toLocaleString("en").replaceAll(",", "\u202f")}</b>`;
      const applies = name => this.plan.outcomes.includes(name) || counts[classes.indexOf(name) + 1] > 0;
      this.legend.innerHTML = classes.filter(applies).map(name => {
        const i = classes.indexOf(name) + 1;
        return `<span class="pd-key"><i style="background:rgb(${colours[i]})"></i>${name}${number(counts[i])}</span>`;
      }).join("") + (counts[0] > 0 ? `<span class="pd-key"><i class="pd-hatch"></i>not yet${number(counts[0])}</span>` : "")
        + (this.isTiled ? `<span class="pd-dim">each dot ${2 ** this.region.level} × ${2 ** this.region.level} points</span>` : "");
      this.legendKey = "classes";
      return;
    }
    if (this.legendKey === key) return;
    this.legendKey = key;
    const list = this.other ? diverging() : viridis(), stops = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
      .map(t => `rgb(${list[1 + Math.round(t * 254)]}) ${t * 100}%`).join(",");
    const [lo, mid, hi] = this.other ? [-1, 0, 1] : min === null ? [null, null, null] : [min, (min + max) / 2, max];
    this.legend.innerHTML = `<span class="pd-title">${this.other ? `${this.title}: difference` : this.title}</span>`
      + `<span class="pd-bar"><i style="background:linear-gradient(90deg,${stops})"></i><span>${format(lo)}</span><span>${format(mid)}</span><span>${format(hi)}</span></span>`
      + `<span class="pd-key"><i class="pd-hatch"></i>not yet or not applicable</span>`;
  }

  // Pixels of the page → cell.
  cellAt(event) {
    const rect = this.canvas.getBoundingClientRect(), zoom = this.zoom || { x: [0, 1], y: [0, 1] };
    const fx = (event.clientX - rect.left) / rect.width, fy = 1 - (event.clientY - rect.top) / rect.height;
    if (fx < 0 || fx >= 1 || fy < 0 || fy >= 1) return null;
    const find = (edges, at) => { let i = 0; while (i + 1 < edges.length - 1 && edges[i + 1] <= at) i++; return i; };
    return [find(this.xe, zoom.x[0] + fx * (zoom.x[1] - zoom.x[0])), find(this.ye, zoom.y[0] + fy * (zoom.y[1] - zoom.y[0]))];
  }

  index([x, y]) {
    return this.plan.axes.reduce((index, axis, i) => index * axis.values.length + (i === this.ix ? x : i === this.iy ? y : this.held[i]), 0);
  }

  valueText(cell) {
    const at = cell[1] * this.raster.width + cell[0], byte = this.byteAt(cell);
    if (byte === 0) return "not yet simulated";
    if (this.raster.classes) return this.raster.classes[byte - 1];
    const level = b => this.raster.min + (b - 1) / 254 * (this.raster.max - this.raster.min);
    if (this.other) return this.other.cells[at] ? `difference ${format((byte - this.other.cells[at]) / 254)}` : "not in both";
    return `${this.title.replace(/ \[.*/, "")} ≈ ${format(level(byte))}${unit(this.showUnit)}`;
  }

  point(cell, client) {
    if (!cell) { this.cursor = null; this.tip.classList.remove("pd-on"); this.drawAxes(); return; }
    this.cursor = cell;
    const head = `<b>${this.valueText(cell)}</b><br>${this.x.parameter} = ${format(this.x.values[cell[0]])}${unit(this.x.unit)}<br>`
      + `${this.y.parameter} = ${format(this.y.values[cell[1]])}${unit(this.y.unit)}`;
    this.tip.innerHTML = head;
    this.tip.classList.add("pd-on");
    const host = this.querySelector(".pd-plot").getBoundingClientRect(), box = this.box;
    const x = client ? client.clientX - host.left : box.left + this.place(this.xe, cell[0], (this.zoom || { x: [0, 1] }).x, box.width);
    const y = client ? client.clientY - host.top : box.top + box.height - this.place(this.ye, cell[1], (this.zoom || { y: [0, 1] }).y, box.height);
    this.tip.style.left = `${Math.min(x + 14, host.width - 230)}px`;
    this.tip.style.top = `${Math.max(0, Math.min(y + 14, host.height - 130))}px`;
    this.drawAxes();
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(cell, head), 150);
  }

  async ask(cell, head) {
    const answer = await fetch(`/api/campaigns/${encodeURIComponent(this.getAttribute("campaign"))}/points/${this.index(cell)}`).catch(() => null);
    if (!answer?.ok || this.cursor !== cell) return;
    const point = await answer.json();
    const wave = point.pWave === null || point.pWave === undefined ? ""
      : `<br>P(wave) = ${format(point.pWave)} <span class="pd-dim">[${format(point.pWaveLow)} … ${format(point.pWaveHigh)}], n = ${point.n}</span>`;
    const observed = Object.entries(point.observables).filter(([, o]) => o.mean !== null)
      .map(([name, o]) => `<br>${name} = ${format(o.mean)}${unit(o.unit)}`).join("");
    this.tip.innerHTML = head + wave + observed + `<br><span class="pd-dim">point ${point.index}</span>`;
  }

  listen() {
    const plot = this.querySelector(".pd-plot");
    let from = null;
    plot.addEventListener("pointermove", event => {
      if (!this.raster) return;
      if (from) {
        const host = plot.getBoundingClientRect(), x = [from.clientX, event.clientX].sort((a, b) => a - b), y = [from.clientY, event.clientY].sort((a, b) => a - b);
        Object.assign(this.band.style, { display: "block", left: `${x[0] - host.left}px`, top: `${y[0] - host.top}px`, width: `${x[1] - x[0]}px`, height: `${y[1] - y[0]}px` });
      } else this.point(this.cellAt(event), event);
    });
    plot.addEventListener("pointerleave", () => { if (!from) this.point(null); });
    plot.addEventListener("pointerdown", event => { if (event.button === 0 && event.pointerType === "mouse" && this.cellAt(event)) from = event; });
    plot.addEventListener("pointerup", event => {
      const start = from;
      from = null;
      this.band.style.display = "none";
      if (!start && event.pointerType === "mouse") return;
      const a = this.cellAt(start || event), b = this.cellAt(event);
      if (!a || !b) return;
      if (start && Math.abs(start.clientX - event.clientX) + Math.abs(start.clientY - event.clientY) > 8) this.zoomTo(a, b);
      else this.open(b);
    });
    plot.addEventListener("dblclick", () => this.zoomTo(null));
    this.addEventListener("keydown", event => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (step && this.raster) {
        const [x, y] = this.cursor || [Math.floor(this.raster.width / 2) - step[0], Math.floor(this.raster.height / 2) - step[1]];
        this.point([Math.max(0, Math.min(this.raster.width - 1, x + step[0])), Math.max(0, Math.min(this.raster.height - 1, y + step[1]))]);
      } else if (event.key === "Enter" && this.cursor) this.open(this.cursor);
      else if (event.key === "Escape") { this.zoomTo(null); this.point(null); }
      else return;
      event.preventDefault();
    });
    // An element that is replaced loses the focus as well: only one that stays was left by the user.
    this.addEventListener("blur", () => setTimeout(() => { if (this.isConnected && document.activeElement !== this) this.point(null); }, 0));
  }

  open(cell) {
    const url = `/campaigns/${encodeURIComponent(this.getAttribute("campaign"))}/points/${this.index(cell)}`;
    if (window.Blazor?.navigateTo) window.Blazor.navigateTo(url); else location.assign(url);
  }

  // Shows the rectangle between two cells; null shows all.
  zoomTo(a, b) {
    const span = (edges, i, j) => [edges[Math.min(i, j)], edges[Math.max(i, j) + 1]];
    this.zoom = a ? { x: span(this.xe, a[0], b[0]), y: span(this.ye, a[1], b[1]) } : null;
    const region = a ? [this.x.parameter, this.x.values[Math.min(a[0], b[0])], this.x.values[Math.max(a[0], b[0])],
      this.y.parameter, this.y.values[Math.min(a[1], b[1])], this.y.values[Math.max(a[1], b[1])]] : null;
    this.dispatchEvent(new CustomEvent("region", { detail: region, bubbles: true }));
    const link = document.querySelector("a[data-refine]");
    if (link) {
      link.hidden = !region;
      if (region) link.href = `/new?from=${encodeURIComponent(this.getAttribute("campaign"))}&region=${encodeURIComponent(region.join("~"))}`;
    }
    this.fetchView().then(() => this.draw(), error => this.say(error.message));
  }

  // This very view, with a caption that says what it is.
  get caption() {
    const held = this.plan.axes.map((axis, i) => i === this.ix || i === this.iy ? "" : `${axis.parameter} = ${format(axis.values[this.held[i]])}${unit(axis.unit)}`).filter(t => t).join(", ");
    return `${this.getAttribute("campaign")}${this.other ? ` minus ${this.getAttribute("minus")}` : ""}: ${this.title}${held ? `; ${held}` : ""}${this.isTiled && this.region.level > 0 ? `; each dot ${2 ** this.region.level} × ${2 ** this.region.level} points` : ""}`;
  }

  // Figures are drawn as the page shows them; tables have the stored values, of the part that is seen.
  export(kind) {
    const name = `${this.getAttribute("campaign")}-${this.getAttribute("show") || "outcome"}`;
    if (kind === "csv" || kind === "parquet") return location.assign(this.path(this.getAttribute("campaign"), "diagram/table", { format: kind, ...this.part() }));
    const svg = makeSvg(this);
    return kind === "svg" ? save(`${name}.svg`, "image/svg+xml", svg) : savePng(`${name}.png`, svg);
  }

  part() {
    const part = this.getAttribute("minus") ? { minus: this.getAttribute("minus") } : {};
    if (!this.zoom) return part;
    const seen = (axis, edges, [a, b]) => axis.values.filter((_, i) => { const m = (edges[i] + edges[i + 1]) / 2; return m > a && m < b; });
    const [x, y] = [seen(this.x, this.xe, this.zoom.x), seen(this.y, this.ye, this.zoom.y)];
    return { ...part, xFrom: Math.min(...x), xTo: Math.max(...x), yFrom: Math.min(...y), yTo: Math.max(...y) };
  }
}

customElements.define("phase-diagram", PhaseDiagram);
document.addEventListener("click", event => {
  const button = event.target.closest("[data-export]");
  if (button) document.querySelector("phase-diagram")?.export(button.dataset.export);
});
