// <phase-diagram campaign="id" show="outcome" x="…" y="…" at="name=value,…">: a map of a campaign, painted from one byte a
// point. Attributes: live (follow the events), boundary (draw where P(wave) is one half), minus (another campaign, whose
// share is taken off), marks (indices of points to frame), xscale and yscale (linear | log | index), zoom (x1~x2~y1~y2:
// the part that is seen, kept in the page's address), large (more points than one answer has).
import { follow } from "./events.js";
import { classColours, viridis, diverging } from "./palette.js";
import { cellAlong, cellsAlong, edgesOf, format, place, scaleOf, ticks, unit } from "./axes.js";
import { navigate } from "./navigation.js";
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

class PhaseDiagram extends HTMLElement {
  static observedAttributes = ["campaign", "show", "x", "y", "at", "minus", "boundary", "xscale", "yscale", "live", "marks", "zoom"];

  connectedCallback() {
    this.innerHTML = `<div class="pd-plot"><canvas></canvas><svg class="pd-axes" aria-hidden="true"></svg><div class="pd-band"></div>
      <div class="pd-tip" role="status"></div></div><div class="pd-legend"></div>`;
    [this.canvas, this.svg, this.band, this.tip, this.legend] =
      ["canvas", "svg", ".pd-band", ".pd-tip", ".pd-legend"].map(one => this.querySelector(one));
    this.tabIndex = 0;
    this.setAttribute("role", "group");
    [this.kept, this.cursor] = left?.of === this.identity ? [left.zoom, left.cursor] : [null, null];
    this.zoom = this.kept;
    left = null;
    this.resize = new ResizeObserver(() => { if (this.region) this.isTiled ? this.fetchView().then(() => this.draw(), () => {}) : this.draw(); });
    this.resize.observe(this.querySelector(".pd-plot"));
    this.unfollow = follow(news => this.hear(news));
    navigate(this);
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
    this.isToLoad ||= !/^(xscale|yscale|marks|zoom)$/.test(name);
    clearTimeout(this.changing);
    this.changing = setTimeout(() => { const isToLoad = this.isToLoad; this.isToLoad = false; isToLoad ? this.load() : this.show(); }, 0);
  }

  // What is there already, in another part or on another scale.
  show() {
    if (!this.raster || !this.plan) return;
    this.readZoom();
    this.fetchView().then(() => this.draw(), error => this.say(error.message));
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
      // The first time the map is asked for without waiting for the plan, unless the page says that it is too large for that.
      const early = known || plans.has(id) || this.hasAttribute("large") ? null : this.fetchRaster(id, key).catch(error => error);
      this.plan = await fetchPlan(id);
      if (this.loading !== load || this.isGone) return;
      this.setAxes();
      this.readZoom();
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
    if (document.hidden || this.isUpdating || !this.region) { this.isWanted = true; return; }
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

  // Beyond 4 million cells the page does not look at all of them: tiles of the level whose dots are about as large as the screen's.
  async fetchView() {
    if (!this.isTiled) { this.region = { level: 0, x: 0, y: 0, width: this.raster.width, cells: this.raster.cells, columns: this.raster.width, rows: this.raster.height }; return; }
    const zoom = this.zoom || { x: [0, 1], y: [0, 1] }, box = this.box, ratio = window.devicePixelRatio || 1;
    const span = (edges, pixels, range) => { const cells = cellsAlong(edges, Math.max(2, Math.round(pixels * ratio)), range, false); return [cells[0], cells.at(-1)]; };
    const [x0, x1] = span(edgesOf(this.x, this.getAttribute("xscale")), box.width, zoom.x), [y0, y1] = span(edgesOf(this.y, this.getAttribute("yscale")), box.height, zoom.y);
    const level = Math.max(0, Math.round(Math.log2(Math.max((x1 - x0 + 1) / (box.width * ratio), (y1 - y0 + 1) / (box.height * ratio)))));
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
    // The last tiles go beyond the map.
    const inside = (count, first, tiles) => Math.min(tiles * TILE, Math.ceil(count / 2 ** level) - first * TILE);
    if (this.view === view) this.region = { level, x: c0 * TILE, y: r0 * TILE, width, cells, columns: inside(this.raster.width, c0, c1 - c0 + 1), rows: inside(this.raster.height, r0, r1 - r0 + 1) };
  }

  // The byte of a cell; 0 where nothing is known or nothing was fetched.
  byteAt([x, y]) {
    const { level, x: left, y: low, width, cells } = this.region, column = (x >> level) - left;
    return column < 0 || column >= width ? 0 : cells[((y >> level) - low) * width + column] || 0;
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

  draw() {
    if (!this.region || !this.plan || this.isGone) return;
    this.classList.remove("pd-empty");
    const began = performance.now(), box = this.box, ratio = window.devicePixelRatio || 1;
    const w = Math.round(box.width * ratio), h = Math.round(box.height * ratio), zoom = this.zoom || { x: [0, 1], y: [0, 1] };
    this.xe = edgesOf(this.x, this.getAttribute("xscale"));
    this.ye = edgesOf(this.y, this.getAttribute("yscale"));
    if (this.canvas.width !== w || this.canvas.height !== h) [this.canvas.width, this.canvas.height] = [w, h];
    Object.assign(this.canvas.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
    const context = this.canvas.getContext("2d"), image = context.createImageData(w, h), out = new Uint32Array(image.data.buffer);
    const columns = cellsAlong(this.xe, w, zoom.x, false), rows = cellsAlong(this.ye, h, zoom.y, true);
    const { level, x: left, y: low, width, cells } = this.region, colours = this.palette(), other = this.other?.cells;
    if (this.isTiled) {
      // What was not fetched yet stays empty: past the end of a row, or of all of them, there is nothing.
      for (let px = 0; px < w; px++) { const at = (columns[px] >> level) - left; columns[px] = at < 0 || at >= width ? cells.length : at; }
      for (let py = 0; py < h; py++) { const at = (rows[py] >> level) - low; rows[py] = at < 0 ? cells.length : at; }
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

  drawAxes() {
    if (!this.raster || !this.xe) return;
    const box = this.box, zoom = this.zoom || { x: [0, 1], y: [0, 1] }, parts = [];
    const right = box.left + box.width, bottom = box.top + box.height;
    parts.push(`<rect class="pd-frame" x="${box.left - 0.5}" y="${box.top - 0.5}" width="${box.width + 1}" height="${box.height + 1}"/>`);
    for (const [value, at] of ticks(this.x, scaleOf(this.x, this.getAttribute("xscale")), this.xe, zoom.x, box.width, 64)) {
      parts.push(`<path class="pd-tick" d="M${box.left + at} ${bottom}v5"/><text x="${box.left + at}" y="${bottom + 18}" text-anchor="middle">${format(value)}</text>`);
    }
    for (const [value, at] of ticks(this.y, scaleOf(this.y, this.getAttribute("yscale")), this.ye, zoom.y, box.height, 34)) {
      parts.push(`<path class="pd-tick" d="M${box.left} ${bottom - at}h-5"/><text x="${box.left - 9}" y="${bottom - at + 4}" text-anchor="end">${format(value)}</text>`);
    }
    parts.push(`<text class="pd-name" x="${box.left + box.width / 2}" y="${bottom + 41}" text-anchor="middle">${this.x.parameter}${this.unitOf(this.x)}</text>`);
    parts.push(`<text class="pd-name" transform="translate(16 ${box.top + box.height / 2}) rotate(-90)" text-anchor="middle">${this.y.parameter}${this.unitOf(this.y)}</text>`);
    if (this.lines) {
      const d = lines => lines.map(([x1, y1, x2, y2]) => {
        const p = (x, y) => `${(box.left + place(this.xe, x, zoom.x, box.width)).toFixed(1)} ${(bottom - place(this.ye, y, zoom.y, box.height)).toFixed(1)}`;
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

  // Where the other axes are held, if nothing on the page says it.
  get heldText() {
    if (this.hasAttribute("at") || this.plan.axes.length < 3) return "";
    const held = this.plan.axes.map((axis, i) => i === this.ix || i === this.iy ? "" : `${axis.parameter} = ${format(axis.values[this.held[i]])}${unit(axis.unit)}`).filter(t => t);
    return `<span class="pd-dim">at ${held.join(", ")}</span>`;
  }

  get dots() { return this.isTiled && this.region.level > 0 ? `<span class="pd-dim">each dot ${2 ** this.region.level} × ${2 ** this.region.level} points</span>` : ""; }

  drawLegend() {
    const { classes, min, max } = this.raster, { cells, width, columns, rows } = this.region, key = `${this.title}${min}${max}${this.other ? 1 : 0}${this.region.level}`;
    if (classes) {
      const counts = new Int32Array(256), isDark = document.documentElement.dataset.theme === "dark", colours = classColours(classes, isDark);
      for (let y = 0; y < rows; y++) for (let i = y * width; i < y * width + columns; i++) counts[cells[i]]++;
      const number = n => this.isTiled ? "" : ` <b>${n.toLocaleString("en").replaceAll(",", "\u202f")}</b>`;
      const applies = name => this.plan.outcomes.includes(name) || counts[classes.indexOf(name) + 1] > 0;
      this.legend.innerHTML = classes.filter(applies).map(name => {
        const i = classes.indexOf(name) + 1;
        return `<span class="pd-key"><i style="background:rgb(${colours[i]})"></i>${name}${number(counts[i])}</span>`;
      }).join("") + (counts[0] > 0 ? `<span class="pd-key"><i class="pd-hatch"></i>not yet${number(counts[0])}</span>` : "")
        + this.dots + this.heldText;
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
      + `<span class="pd-key"><i class="pd-hatch"></i>not yet or not applicable</span>${this.dots}${this.heldText}`;
  }

  // Pixels of the page → cell.
  cellAt(event, isClamped = false) {
    if (!this.xe) return null;
    const rect = this.canvas.getBoundingClientRect(), zoom = this.zoom || { x: [0, 1], y: [0, 1] };
    const inside = at => isClamped ? Math.max(0, Math.min(1 - 1e-9, at)) : at;
    const fx = inside((event.clientX - rect.left) / rect.width), fy = inside(1 - (event.clientY - rect.top) / rect.height);
    if (fx < 0 || fx >= 1 || fy < 0 || fy >= 1) return null;
    return [cellAlong(this.xe, zoom.x[0] + fx * (zoom.x[1] - zoom.x[0])), cellAlong(this.ye, zoom.y[0] + fy * (zoom.y[1] - zoom.y[0]))];
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
    const x = client ? client.clientX - host.left : box.left + place(this.xe, cell[0], (this.zoom || { x: [0, 1] }).x, box.width);
    const y = client ? client.clientY - host.top : box.top + box.height - place(this.ye, cell[1], (this.zoom || { y: [0, 1] }).y, box.height);
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

  open(cell) {
    const url = `/campaigns/${encodeURIComponent(this.getAttribute("campaign"))}/points/${this.index(cell)}`;
    if (window.Blazor?.navigateTo) window.Blazor.navigateTo(url); else location.assign(url);
  }

  // First and last cell of each axis that is seen.
  get seen() {
    const zoom = this.zoom || { x: [0, 1], y: [0, 1] }, slack = 1e-9;
    const range = (edges, [from, to]) => [cellAlong(edges, from + slack), cellAlong(edges, to - slack)];
    return { x: range(this.xe, zoom.x), y: range(this.ye, zoom.y) };
  }

  // Shows the rectangle between two cells; null shows all. The page's address says which, where it can.
  zoomTo(a, b) {
    const span = (edges, i, j) => [edges[Math.min(i, j)], edges[Math.max(i, j) + 1]];
    this.zoom = a ? { x: span(this.xe, a[0], b[0]), y: span(this.ye, a[1], b[1]) } : null;
    if (this.zoom && [...this.zoom.x, ...this.zoom.y].join() === "0,1,0,1") this.zoom = null;
    const corners = this.zoom && [this.x.values[Math.min(a[0], b[0])], this.x.values[Math.max(a[0], b[0])], this.y.values[Math.min(a[1], b[1])], this.y.values[Math.max(a[1], b[1])]];
    this.showRefine(corners);
    clearTimeout(this.addressing);
    this.addressing = setTimeout(() => this.address(corners?.join("~") ?? ""), 300);
    return this.fetchView().then(() => this.draw(), error => this.say(error.message));
  }

  showRefine(corners) {
    const link = document.querySelector("a[data-refine]");
    if (!link) return;
    link.hidden = !corners;
    if (!corners) return;
    const region = [this.x.parameter, corners[0], corners[1], this.y.parameter, corners[2], corners[3]].join("~");
    link.href = `/new?from=${encodeURIComponent(this.getAttribute("campaign"))}&region=${encodeURIComponent(region)}`;
  }

  address(zoom) {
    if (this.isGone || !this.hasAttribute("zoom") || this.getAttribute("zoom") === zoom || !window.Blazor?.navigateTo) return;
    const url = new URL(location.href);
    if (zoom) url.searchParams.set("zoom", zoom); else url.searchParams.delete("zoom");
    window.Blazor.navigateTo(url.pathname + url.search, { replaceHistoryEntry: true });
  }

  // The part that the address names, by the values nearest to its corners.
  readZoom() {
    if (!this.hasAttribute("zoom") || !this.plan) return;
    const corners = this.getAttribute("zoom").split("~").map(text => text === "" ? NaN : +text);
    this.zoom = this.kept;
    if (corners.length === 4 && corners.every(Number.isFinite)) {
      this.kept = null;
      const near = (axis, value) => axis.values.reduce((best, v, i, all) => Math.abs(v - value) < Math.abs(all[best] - value) ? i : best, 0);
      const span = (axis, wish, from, to) => { const edges = edgesOf(axis, this.getAttribute(wish)), [i, j] = [near(axis, from), near(axis, to)]; return [edges[Math.min(i, j)], edges[Math.max(i, j) + 1]]; };
      this.zoom = { x: span(this.x, "xscale", corners[0], corners[1]), y: span(this.y, "yscale", corners[2], corners[3]) };
    }
    else if (this.kept) {
      // Zoomed before the page came alive: its address does not know it yet.
      [this.xe, this.ye, this.kept] = [edgesOf(this.x, this.getAttribute("xscale")), edgesOf(this.y, this.getAttribute("yscale")), null];
      const { x, y } = this.seen;
      this.zoomTo([x[0], y[0]], [x[1], y[1]]);
      return;
    }
    this.showRefine(this.zoom && corners);
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
    const range = (axis, [low, high]) => { const values = axis.values.slice(low, high + 1); return [Math.min(...values), Math.max(...values)]; };
    const [x, y] = [range(this.x, this.seen.x), range(this.y, this.seen.y)];
    return { ...part, xFrom: x[0], xTo: x[1], yFrom: y[0], yTo: y[1] };
  }
}

customElements.define("phase-diagram", PhaseDiagram);
document.addEventListener("click", event => {
  const button = event.target.closest("[data-export]");
  if (button) document.querySelector("phase-diagram")?.export(button.dataset.export);
});
