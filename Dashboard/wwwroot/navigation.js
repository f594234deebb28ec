// How one moves in a map: the mouse points, zooms and pans, a finger opens, keys do all of it. Always by whole cells.
const size = ([low, high]) => high - low + 1;

// Less or more of an axis with so many cells, around one of them that stays where it is; by a cell at least.
const scaled = ([low, high], total, factor, cell) => {
  const now = size([low, high]), next = factor < 1 ? Math.max(1, Math.min(now - 1, Math.round(now * factor))) : Math.min(total, Math.max(now + 1, Math.round(now * factor)));
  const from = Math.max(0, Math.min(total - next, Math.round(cell + 0.5 - (cell - low + 0.5) / now * next)));
  return [from, from + next - 1];
};

const show = (diagram, x, y) => diagram.zoomTo([x[0], y[0]], [x[1], y[1]]);

const scale = (diagram, factor, cell) => {
  const { x, y } = diagram.seen;
  show(diagram, scaled(x, diagram.raster.width, factor, cell[0]), scaled(y, diagram.raster.height, factor, cell[1]));
};

// The part as large as it is, so many cells to the side.
const pan = (diagram, { x, y }, columns, rows) => {
  const moved = ([low, high], by, total) => { const step = Math.max(-low, Math.min(total - 1 - high, by)); return [low + step, high + step]; };
  show(diagram, moved(x, columns, diagram.raster.width), moved(y, rows, diagram.raster.height));
};

export const navigate = diagram => {
  const plot = diagram.querySelector(".pd-plot");
  let from = null, start = null;
  plot.addEventListener("pointermove", event => {
    if (!diagram.raster || !diagram.xe) return;
    if (from && start) {
      const { width, height } = diagram.canvas.getBoundingClientRect();
      pan(diagram, start, Math.round((from.clientX - event.clientX) / width * size(start.x)), Math.round((event.clientY - from.clientY) / height * size(start.y)));
    } else if (from) {
      const host = plot.getBoundingClientRect(), x = [from.clientX, event.clientX].sort((a, b) => a - b), y = [from.clientY, event.clientY].sort((a, b) => a - b);
      Object.assign(diagram.band.style, { display: "block", left: `${x[0] - host.left}px`, top: `${y[0] - host.top}px`, width: `${x[1] - x[0]}px`, height: `${y[1] - y[0]}px` });
    } else diagram.point(diagram.cellAt(event), event);
  });
  plot.addEventListener("pointerleave", () => { if (!from) diagram.point(null); });
  plot.addEventListener("pointerdown", event => {
    if (event.button !== 0 || event.pointerType !== "mouse" || !diagram.cellAt(event)) return;
    from = event;
    start = event.shiftKey && diagram.zoom ? diagram.seen : null;
    if (start) { diagram.point(null); diagram.classList.add("pd-panning"); }
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointercancel", () => { [from, start] = [null, null]; diagram.band.style.display = "none"; diagram.classList.remove("pd-panning"); });
  plot.addEventListener("pointerup", event => {
    const began = from, wasPan = start;
    [from, start] = [null, null];
    diagram.band.style.display = "none";
    diagram.classList.remove("pd-panning");
    if (wasPan || (!began && event.pointerType === "mouse")) return;
    const a = diagram.cellAt(began || event), b = diagram.cellAt(event, true);
    if (!a || !b) return;
    if (began && Math.abs(began.clientX - event.clientX) + Math.abs(began.clientY - event.clientY) > 8) { diagram.point(null); diagram.zoomTo(a, b); }
    else if (diagram.cellAt(event)) diagram.open(b);
  });
  plot.addEventListener("dblclick", () => diagram.zoomTo(null));
  // Without a key the wheel moves the page, as everywhere.
  plot.addEventListener("wheel", event => {
    const cell = (event.ctrlKey || event.metaKey) && diagram.raster && diagram.xe && diagram.cellAt(event);
    if (!cell) return;
    event.preventDefault();
    diagram.point(null);
    scale(diagram, event.deltaY < 0 ? 0.7 : 1 / 0.7, cell);
  }, { passive: false });
  diagram.addEventListener("keydown", event => {
    if (!diagram.raster || !diagram.xe || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const { x: [left, right], y: [low, high] } = diagram.seen, quarter = range => Math.ceil(size(range) / 4);
    const aside = () => pan(diagram, diagram.seen, step[0] * quarter([left, right]), step[1] * quarter([low, high]));
    if (step && event.shiftKey) { if (diagram.zoom) aside(); }
    else if (step) {
      // By a dot of what is seen, which may be more than one point; what is beyond it comes into view.
      const by = 2 ** diagram.region.level, [x, y] = diagram.cursor || [Math.floor((left + right + 1) / 2) - step[0] * by, Math.floor((low + high + 1) / 2) - step[1] * by];
      const cell = [Math.max(0, Math.min(diagram.raster.width - 1, x + step[0] * by)), Math.max(0, Math.min(diagram.raster.height - 1, y + step[1] * by))];
      if (cell[0] < left || cell[0] > right || cell[1] < low || cell[1] > high) aside();
      diagram.point(cell);
    } else if (event.key === "+" || event.key === "=" || event.key === "-") {
      const at = diagram.cursor;
      scale(diagram, event.key === "-" ? 2 : 0.5, at || [Math.floor((left + right) / 2), Math.floor((low + high) / 2)]);
      if (at) diagram.point(at);
    } else if (event.key === "Enter" && diagram.cursor) diagram.open(diagram.cursor);
    else if (event.key === "Escape") { diagram.zoomTo(null); diagram.point(null); }
    else return;
    event.preventDefault();
  });
  // An element that is replaced loses the focus as well: only one that stays was left by the user.
  diagram.addEventListener("blur", () => setTimeout(() => { if (diagram.isConnected && document.activeElement !== diagram) diagram.point(null); }, 0));
};
