// What is drawn over the pixels: the frame, ticks and names of the axes, the boundary, marks and the cursor.
import { format, place, scaleOf, ticks } from "./axes.js";
import { unitOf } from "./legend.js";

// Room for the ticks and names.
const MARGIN = { left: 74, right: 14, top: 12, bottom: 52 };
let clips = 0;

// Where the pixels lie in the element.
export const boxOf = map => {
  const { width, height } = map.querySelector(".pd-plot").getBoundingClientRect();
  return { left: MARGIN.left, top: MARGIN.top, width: Math.max(20, width - MARGIN.left - MARGIN.right), height: Math.max(20, height - MARGIN.top - MARGIN.bottom) };
};

// A frame around each point that is named, at least as large as can be seen; one frame where many lie on one dot.
const marks = (map, box, zoom) => {
  const axes = map.plan.axes, stride = at => axes.slice(at + 1).reduce((n, axis) => n * axis.values.length, 1), frames = new Set();
  const side = (edges, i, [from, to], length) => { const a = (edges[i] - from) / (to - from) * length, b = (edges[i + 1] - from) / (to - from) * length; return [(a + b) / 2, Math.max(5, b - a)]; };
  for (const text of (map.getAttribute("marks") || "").split(",").filter(t => t)) {
    const point = +text, cell = at => Math.floor(point / stride(at)) % axes[at].values.length;
    const [x, w] = side(map.xe, cell(map.ix), zoom.x, box.width), [y, h] = side(map.ye, cell(map.iy), zoom.y, box.height);
    if (x >= 0 && x <= box.width && y >= 0 && y <= box.height) {
      frames.add(`<rect class="pd-mark" x="${(box.left + x - w / 2).toFixed(1)}" y="${(box.top + box.height - y - h / 2).toFixed(1)}" width="${w.toFixed(1)}" height="${h.toFixed(1)}"/>`);
    }
  }
  return frames;
};

export const drawOverlay = map => {
  if (!map.raster || !map.xe) return;
  const box = map.box, zoom = map.zoom || { x: [0, 1], y: [0, 1] }, parts = [];
  const right = box.left + box.width, bottom = box.top + box.height;
  parts.push(`<rect class="pd-frame" x="${box.left - 0.5}" y="${box.top - 0.5}" width="${box.width + 1}" height="${box.height + 1}"/>`);
  for (const [value, at] of ticks(map.x, scaleOf(map.x, map.getAttribute("xscale")), map.xe, zoom.x, box.width, 64)) {
    parts.push(`<path class="pd-tick" d="M${box.left + at} ${bottom}v5"/><text x="${box.left + at}" y="${bottom + 18}" text-anchor="middle">${format(value)}</text>`);
  }
  for (const [value, at] of ticks(map.y, scaleOf(map.y, map.getAttribute("yscale")), map.ye, zoom.y, box.height, 34)) {
    parts.push(`<path class="pd-tick" d="M${box.left} ${bottom - at}h-5"/><text x="${box.left - 9}" y="${bottom - at + 4}" text-anchor="end">${format(value)}</text>`);
  }
  parts.push(`<text class="pd-name" x="${box.left + box.width / 2}" y="${bottom + 41}" text-anchor="middle">${map.x.parameter}${unitOf(map.x)}</text>`);
  parts.push(`<text class="pd-name" transform="translate(16 ${box.top + box.height / 2}) rotate(-90)" text-anchor="middle">${map.y.parameter}${unitOf(map.y)}</text>`);
  if (map.lines) {
    const d = lines => lines.map(([x1, y1, x2, y2]) => {
      const p = (x, y) => `${(box.left + place(map.xe, x, zoom.x, box.width)).toFixed(1)} ${(bottom - place(map.ye, y, zoom.y, box.height)).toFixed(1)}`;
      return `M${p(x1, y1)}L${p(x2, y2)}`;
    }).join("");
    const clip = `pd-clip-${++clips}`;
    parts.push(`<clipPath id="${clip}"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath>`
      + `<g clip-path="url(#${clip})"><path class="pd-halo" d="${d(map.lines.middle)}"/><path class="pd-line" d="${d(map.lines.middle)}"/>`
      + `<path class="pd-side" d="${d(map.lines.inner)}"/><path class="pd-side" d="${d(map.lines.outer)}"/></g>`);
  }
  parts.push(...marks(map, box, zoom));
  if (map.cursor) {
    const [x, y] = map.cursor, at = (edges, i, z, n) => [(edges[i] - z[0]) / (z[1] - z[0]) * n, (edges[i + 1] - z[0]) / (z[1] - z[0]) * n];
    const [x0, x1] = at(map.xe, x, zoom.x, box.width), [y0, y1] = at(map.ye, y, zoom.y, box.height);
    parts.push(`<rect class="pd-cursor" x="${box.left + x0}" y="${bottom - y1}" width="${Math.max(2, x1 - x0)}" height="${Math.max(2, y1 - y0)}"/>`);
  }
  map.svg.setAttribute("viewBox", `0 0 ${right + MARGIN.right} ${bottom + MARGIN.bottom}`);
  map.svg.innerHTML = parts.join("");
};
