// <calcium-trace src="…">: one simulation computed anew: a kymograph of what is recorded along the cable, and lines over time.
import { viridis } from "./palette.js";
import { format } from "./axes.js";

const SVG = "http://www.w3.org/2000/svg", LEFT = 74, RIGHT = 70, COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c"];
const nice = (from, to, n) => {
  const raw = (to - from) / n, ten = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].map(m => m * ten).find(s => s >= raw), out = [];
  for (let v = Math.ceil(from / step - 1e-9) * step; v <= to + step * 1e-9; v += step) out.push(+v.toPrecision(12));
  return out;
};
const unit = text => text === "1" ? "" : ` [${text}]`;

class CalciumTrace extends HTMLElement {
  static observedAttributes = ["src"];

  connectedCallback() { this.resize = new ResizeObserver(() => this.trace && this.draw()); this.resize.observe(this); this.load(); }
  disconnectedCallback() { this.resize.disconnect(); }
  attributeChangedCallback() { if (this.isConnected && this.resize) this.load(); }

  async load() {
    const src = this.getAttribute("src");
    this.innerHTML = `<p class="muted" role="status">computing …</p>`;
    const answer = await fetch(src).catch(() => null);
    if (src !== this.getAttribute("src")) return;
    const trace = await answer?.json().catch(() => null);
    if (!answer?.ok) { this.innerHTML = `<p class="problem" role="alert"></p>`; this.firstChild.textContent = trace?.detail || "the server does not answer"; return; }
    this.trace = trace;
    this.draw();
    this.dataset.drawn = "true";
    this.dispatchEvent(new CustomEvent("trace", { detail: trace, bubbles: true }));
  }

  draw() {
    const { columns, times, values } = this.trace, width = this.clientWidth;
    if (width === 0) return;
    this.drawnWidth = width;
    const names = [...new Set(columns.filter(c => c.position !== null).map(c => c.name))];
    this.replaceChildren();
    const head = document.createElement("p");
    head.className = this.trace.same === false ? "problem" : "note";
    head.textContent = this.trace.same === null ? `Computed in ${format(this.trace.seconds)} s; nothing is stored to compare it with.`
      : this.trace.same ? `Computed in ${format(this.trace.seconds)} s: the same outcome and observables as stored, bit for bit.`
      : "What was computed differs from what is stored: this must not be. calciumsweep verify tells more.";
    this.append(head);
    if (times.length < 2) { this.append("This scenario records no trajectory."); return; }
    for (const name of names) this.kymograph(name, columns.map((c, i) => [c, i]).filter(([c]) => c.name === name && c.position !== null), width);
    const groups = Map.groupBy(columns.map((c, i) => [c, i]).filter(([c]) => c.position === null), ([c]) => c.unit);
    for (const [u, lines] of groups) this.lines(u, lines, width);
  }

  frame(width, height, title) {
    const host = document.createElement("figure");
    host.className = "trace-plot";
    host.style.margin = "10px 0 0";
    const canvas = document.createElement("canvas"), svg = document.createElementNS(SVG, "svg"), ratio = devicePixelRatio || 1;
    host.style.height = `${height}px`;
    svg.setAttribute("class", "pd-axes");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", title);
    const box = { left: LEFT, top: 10, width: width - LEFT - RIGHT, height: height - 56 };
    [canvas.width, canvas.height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    Object.assign(canvas.style, { position: "absolute", left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
    host.append(canvas, svg);
    this.append(host);
    return { canvas, svg, box, ratio };
  }

  axes(box, [t0, t1], [y0, y1], yTitle) {
    const bottom = box.top + box.height, x = t => box.left + (t - t0) / (t1 - t0) * box.width, y = v => bottom - (v - y0) / (y1 - y0) * box.height;
    return `<rect class="pd-frame" x="${box.left - .5}" y="${box.top - .5}" width="${box.width + 1}" height="${box.height + 1}"/>`
      + nice(t0, t1, box.width / 90).map(t => `<path class="pd-tick" d="M${x(t)} ${bottom}v5"/><text x="${x(t)}" y="${bottom + 18}" text-anchor="middle">${format(t)}</text>`).join("")
      + nice(y0, y1, box.height / 40).map(v => `<path class="pd-tick" d="M${box.left} ${y(v)}h-5"/><text x="${box.left - 9}" y="${y(v) + 4}" text-anchor="end">${format(v)}</text>`).join("")
      + `<text class="pd-name" x="${box.left + box.width / 2}" y="${bottom + 38}" text-anchor="middle">time [s]</text>`
      + `<text class="pd-name" transform="translate(16 ${box.top + box.height / 2}) rotate(-90)" text-anchor="middle">${yTitle}</text>`;
  }

  kymograph(name, columns, width) {
    if (columns.length < 2) return;
    columns.sort((a, b) => a[0].position - b[0].position);
    const { times, values } = this.trace, u = columns[0][0].unit, { canvas, svg, box } = this.frame(width, 340, `${name} over time and place`);
    let min = Infinity, max = -Infinity;
    for (const row of values) for (const [, i] of columns) if (row[i] !== null) { min = Math.min(min, row[i]); max = Math.max(max, row[i]); }
    const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height), out = new Uint32Array(image.data.buffer);
    const colours = Uint32Array.from(viridis(), ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0), [t0, t1] = [times[0], times.at(-1)];
    const [p0, p1] = [columns[0][0].position, columns.at(-1)[0].position];
    let row = 0;
    const rows = Array.from({ length: canvas.width }, (_, px) => { const t = t0 + (t1 - t0) * (px + .5) / canvas.width; while (row + 1 < times.length && times[row + 1] <= t) row++; return row; });
    let k = 0;
    const places = Array.from({ length: canvas.height }, (_, py) => {
      const p = p0 + (p1 - p0) * (py + .5) / canvas.height;
      while (k + 1 < columns.length && (columns[k][0].position + columns[k + 1][0].position) / 2 <= p) k++;
      return columns[k][1];
    });
    for (let py = 0; py < canvas.height; py++) {
      const column = places[canvas.height - 1 - py];
      for (let px = 0; px < canvas.width; px++) {
        const v = values[rows[px]][column];
        out[py * canvas.width + px] = v === null ? 0 : colours[1 + Math.round(254 * (max > min ? (v - min) / (max - min) : 0))];
      }
    }
    context.putImageData(image, 0, 0);
    const right = box.left + box.width, list = viridis(), id = `bar-${name.replace(/\W/g, "")}-${canvas.width}`;
    svg.innerHTML = this.axes(box, [t0, t1], [p0, p1], "position [µm]")
      + `<defs><linearGradient id="${id}" x1="0" y1="1" x2="0" y2="0">${[0, .2, .4, .6, .8, 1].map(t => `<stop offset="${t}" stop-color="rgb(${list[1 + Math.round(254 * t)]})"/>`).join("")}</linearGradient></defs>`
      + `<rect x="${right + 12}" y="${box.top}" width="10" height="${box.height}" fill="url(#${id})"/><text x="${right + 26}" y="${box.top + 10}">${format(max)}</text><text x="${right + 26}" y="${box.top + box.height}">${format(min)}</text>`
      + `<text class="pd-name" transform="translate(${right + 40} ${box.top + box.height / 2}) rotate(-90)" text-anchor="middle">${name}${unit(u)}</text>`;
  }

  lines(u, lines, width) {
    const { times, values } = this.trace, { canvas, svg, box, ratio } = this.frame(width, 250, lines.map(([c]) => c.name).join(", "));
    let min = Infinity, max = -Infinity;
    for (const row of values) for (const [, i] of lines) if (row[i] !== null) { min = Math.min(min, row[i]); max = Math.max(max, row[i]); }
    if (!(max > min)) { max = min + Math.max(1e-12, Math.abs(min) * .1); min -= max - min; }
    const pad = (max - min) * .05, [y0, y1] = [min - pad, max + pad], [t0, t1] = [times[0], times.at(-1)], context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.lineWidth = 1.6;
    lines.forEach(([, i], k) => {
      context.strokeStyle = COLOURS[k % COLOURS.length];
      context.beginPath();
      times.forEach((t, r) => { if (values[r][i] !== null) context.lineTo((t - t0) / (t1 - t0) * box.width, box.height - (values[r][i] - y0) / (y1 - y0) * box.height); });
      context.stroke();
    });
    const title = lines.length === 1 ? `${lines[0][0].name}${unit(u)}` : u === "1" ? "" : `[${u}]`;
    svg.innerHTML = this.axes(box, [t0, t1], [y0, y1], title);
    if (lines.length > 1) {
      const legend = document.createElement("p");
      legend.className = "pd-legend";
      lines.forEach(([c], k) => {
        const key = document.createElement("span");
        key.className = "pd-key";
        key.innerHTML = `<i style="background:${COLOURS[k % COLOURS.length]}"></i>`;
        key.append(`${c.name}${unit(u)}`);
        legend.append(key);
      });
      this.append(legend);
    }
  }
}

customElements.define("calcium-trace", CalciumTrace);
