// The pixels of a map: for each the cell below it, in the colour of its byte.
import { classColours, viridis, diverging } from "./palette.js";
import { cellsAlong } from "./axes.js";

const palette = map => {
  const isDark = document.documentElement.dataset.theme === "dark";
  const key = `${isDark} ${map.raster.classes} ${!!map.other}`;
  if (map.paletteOf === key) return map.colours;
  map.paletteOf = key;
  const list = map.other ? diverging() : map.raster.classes ? classColours(map.raster.classes, isDark) : viridis();
  map.colours = Uint32Array.from(list, ([r, g, b]) => (255 << 24 | b << 16 | g << 8 | r) >>> 0);
  map.colours[0] = map.other ? map.colours[0] : 0;
  return map.colours;
};

export const paint = map => {
  const box = map.box, ratio = window.devicePixelRatio || 1;
  const w = Math.round(box.width * ratio), h = Math.round(box.height * ratio), zoom = map.zoom || { x: [0, 1], y: [0, 1] };
  if (map.canvas.width !== w || map.canvas.height !== h) [map.canvas.width, map.canvas.height] = [w, h];
  Object.assign(map.canvas.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
  const context = map.canvas.getContext("2d"), image = context.createImageData(w, h), out = new Uint32Array(image.data.buffer);
  const columns = cellsAlong(map.xe, w, zoom.x, false), rows = cellsAlong(map.ye, h, zoom.y, true);
  const { level, x: left, y: low, width, cells } = map.region, colours = palette(map), other = map.other?.cells;
  if (map.isTiled) {
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
};
