// <phase-diagram campaign="id" show="outcome" x="…" y="…" at="name=value,…">: a map of a campaign, painted from one byte a
// point. Attributes: live (follow the events), boundary (draw where P(wave) is one half), minus (another campaign, whose
// share is taken off), marks (indices of points to frame), xscale and yscale (linear | log | index), zoom (x1~x2~y1~y2:
// the part that is seen, kept in the page's address), large (more points than one answer has).
import { follow } from "./events.js";
import { cellAlong, cellsAlong, edgesOf } from "./axes.js";
import { navigate } from "./navigation.js";
import { fetchPlan, fetchRaster, fetchTiles, hasPlan, rasterOf, TILE } from "./raster.js";
import { paint } from "./paint.js";
import { boxOf, drawOverlay } from "./overlay.js";
import { drawLegend } from "./legend.js";
import { pointAt } from "./tip.js";
import { makeSvg, save, savePng } from "./export.js";

const LARGE = 4_000_000;
// View of a diagram that was taken out of the page: the one that is put in its place within the same task goes on with it.
let left = null;

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
      const known = rasterOf(key);
      // The first time the map is asked for without waiting for the plan, unless the page says that it is too large for that.
      const early = known || hasPlan(id) || this.hasAttribute("large") ? null : fetchRaster(key).catch(error => error);
      this.plan = await fetchPlan(id);
      if (this.loading !== load || this.isGone) return;
      this.setAxes();
      this.readZoom();
      this.isTiled = this.x.values.length * this.y.values.length > LARGE;
      const failed = await early;
      if (failed instanceof Error && !this.isTiled) throw failed;
      if (!this.isTiled && !rasterOf(key)) await fetchRaster(key);
      if (this.loading !== load || this.isGone) return;
      this.raster = this.isTiled ? { width: this.x.values.length, height: this.y.values.length } : rasterOf(key);
      this.other = null;
      if (this.getAttribute("minus") && this.isTiled) throw new Error("a difference has at most 4 million points");
      if (this.getAttribute("minus")) {
        const other = this.path(this.getAttribute("minus"), "diagram");
        this.other = await fetchRaster(other);
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
      const raster = this.isTiled ? this.raster : await fetchRaster(key);
      if (this.loading === load && !this.isGone) {
        this.raster = raster;
        await this.fetchView();
        if (this.boundaryAt === undefined || performance.now() - this.boundaryAt > 2000) this.fetchBoundary();
        this.draw();
      }
    } catch { this.isWanted = true; } finally { this.isUpdating = false; }
  }

  async fetchBoundary() {
    if (!this.hasAttribute("boundary") || this.getAttribute("minus")) { this.lines = null; drawOverlay(this); return; }
    this.boundaryAt = performance.now();
    const answer = await fetch(this.path(this.getAttribute("campaign"), "diagram/boundary")).catch(() => null);
    this.lines = answer?.ok ? await answer.json() : null;
    drawOverlay(this);
  }

  // Beyond 4 million cells the page does not look at all of them: tiles of the level whose dots are about as large as the screen's.
  async fetchView() {
    const raster = this.raster, { width: across, height: up, cells } = raster;
    if (!this.isTiled) { this.region = { level: 0, x: 0, y: 0, width: across, cells, columns: across, rows: up }; return; }
    const zoom = this.zoom || { x: [0, 1], y: [0, 1] }, box = this.box, ratio = window.devicePixelRatio || 1, view = this.view = {};
    const span = (axis, wish, pixels, range) => { const seen = cellsAlong(edgesOf(axis, this.getAttribute(wish)), Math.max(2, Math.round(pixels * ratio)), range, false); return [seen[0], seen.at(-1)]; };
    const x = span(this.x, "xscale", box.width, zoom.x), y = span(this.y, "yscale", box.height, zoom.y), size = ([low, high]) => high - low + 1;
    const level = Math.max(0, Math.round(Math.log2(Math.max(size(x) / (box.width * ratio), size(y) / (box.height * ratio)))));
    const tiles = range => range.map(at => Math.floor((at >> level) / TILE)), [columns, rows] = [tiles(x), tiles(y)];
    const fetched = await fetchTiles((column, row) => this.path(this.getAttribute("campaign"), `diagram/tiles/${level}/${column}/${row}`), columns, rows);
    if (this.view !== view) return;
    Object.assign(raster, fetched.meant);
    // The last tiles go beyond the map.
    const inside = (count, range) => Math.min(size(range) * TILE, Math.ceil(count / 2 ** level) - range[0] * TILE);
    this.region = { level, x: columns[0] * TILE, y: rows[0] * TILE, width: fetched.width, cells: fetched.cells, columns: inside(across, columns), rows: inside(up, rows) };
  }

  get box() { return boxOf(this); }

  draw() {
    if (!this.region || !this.plan || this.isGone) return;
    this.classList.remove("pd-empty");
    const began = performance.now();
    this.xe = edgesOf(this.x, this.getAttribute("xscale"));
    this.ye = edgesOf(this.y, this.getAttribute("yscale"));
    paint(this);
    drawOverlay(this);
    drawLegend(this);
    this.dataset.paint = (performance.now() - began).toFixed(1);
    this.dataset.painted = String(+(this.dataset.painted || 0) + 1);
    this.dataset.version = this.raster.version;
    if (!this.firstPaint) this.dataset.first = (this.firstPaint = performance.now()).toFixed(0);
  }

  point(cell, client) { pointAt(this, cell, client); }

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
