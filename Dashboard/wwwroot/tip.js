// What is said of the cell below the pointer or the cursor.
import { format, place, unit } from "./axes.js";
import { titleOf } from "./legend.js";
import { drawOverlay } from "./overlay.js";

// The byte of a cell; 0 where nothing is known or nothing was fetched.
const byteAt = (map, [x, y]) => {
  const { level, x: left, y: low, width, cells } = map.region, column = (x >> level) - left;
  return column < 0 || column >= width ? 0 : cells[((y >> level) - low) * width + column] || 0;
};

const valueText = (map, cell) => {
  const at = cell[1] * map.raster.width + cell[0], byte = byteAt(map, cell);
  if (byte === 0) return "not yet simulated";
  if (map.raster.classes) return map.raster.classes[byte - 1];
  const level = b => map.raster.min + (b - 1) / 254 * (map.raster.max - map.raster.min);
  if (map.other) return map.other.cells[at] ? `difference ${format((byte - map.other.cells[at]) / 254)}` : "not in both";
  return `${titleOf(map).replace(/ \[.*/, "")} ≈ ${format(level(byte))}${unit(map.plan.observables.find(o => o.name === map.getAttribute("show"))?.unit)}`;
};

const ask = async (map, cell, head) => {
  const answer = await fetch(`/api/campaigns/${encodeURIComponent(map.getAttribute("campaign"))}/points/${map.index(cell)}`).catch(() => null);
  if (!answer?.ok || map.cursor !== cell) return;
  const point = await answer.json();
  const wave = point.pWave === null || point.pWave === undefined ? ""
    : `<br>P(wave) = ${format(point.pWave)} <span class="pd-dim">[${format(point.pWaveLow)} … ${format(point.pWaveHigh)}], n = ${point.n}</span>`;
  const observed = Object.entries(point.observables).filter(([, o]) => o.mean !== null)
    .map(([name, o]) => `<br>${name} = ${format(o.mean)}${unit(o.unit)}`).join("");
  map.tip.innerHTML = head + wave + observed + `<br><span class="pd-dim">point ${point.index}</span>`;
};

// Shows it; null hides it. client: where the pointer is.
export const pointAt = (map, cell, client) => {
  if (!cell) { map.cursor = null; map.tip.classList.remove("pd-on"); drawOverlay(map); return; }
  map.cursor = cell;
  const head = `<b>${valueText(map, cell)}</b><br>${map.x.parameter} = ${format(map.x.values[cell[0]])}${unit(map.x.unit)}<br>`
    + `${map.y.parameter} = ${format(map.y.values[cell[1]])}${unit(map.y.unit)}`;
  map.tip.innerHTML = head;
  map.tip.classList.add("pd-on");
  const host = map.querySelector(".pd-plot").getBoundingClientRect(), box = map.box;
  const x = client ? client.clientX - host.left : box.left + place(map.xe, cell[0], (map.zoom || { x: [0, 1] }).x, box.width);
  const y = client ? client.clientY - host.top : box.top + box.height - place(map.ye, cell[1], (map.zoom || { y: [0, 1] }).y, box.height);
  map.tip.style.left = `${Math.min(x + 14, host.width - 230)}px`;
  map.tip.style.top = `${Math.max(0, Math.min(y + 14, host.height - 130))}px`;
  drawOverlay(map);
  clearTimeout(map.asking);
  map.asking = setTimeout(() => ask(map, cell, head), 150);
};
