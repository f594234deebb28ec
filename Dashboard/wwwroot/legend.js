// What a map shows, in words: its title, where the other axes are held, what the colours mean.
import { classColours, viridis, diverging } from "./palette.js";
import { format, unit } from "./axes.js";

export const unitOf = axis => axis.unit === "1" ? "" : ` [${axis.unit}]`;

export const titleOf = map => {
  const show = map.getAttribute("show") || "outcome", observable = map.plan.observables.find(o => o.name === show);
  return observable ? `mean ${show}${unitOf(observable)}` : show === "outcome" ? "most frequent outcome" : `P(${show === "pWave" ? "wave" : show})`;
};

const heldOf = map => map.plan.axes.map((axis, i) => i === map.ix || i === map.iy ? "" : `${axis.parameter} = ${format(axis.values[map.held[i]])}${unit(axis.unit)}`).filter(t => t).join(", ");

const dotOf = map => map.isTiled && map.region.level > 0 ? `each dot ${2 ** map.region.level} × ${2 ** map.region.level} points` : "";

// Dots, and where the other axes are held if nothing on the page says it.
const notes = map => [dotOf(map), map.hasAttribute("at") || map.plan.axes.length < 3 ? "" : `at ${heldOf(map)}`].filter(t => t).map(t => `<span class="pd-dim">${t}</span>`).join("");

// All of that in a line, for a file.
export const captionOf = map => [`${map.getAttribute("campaign")}${map.other ? ` minus ${map.getAttribute("minus")}` : ""}: ${titleOf(map)}`, heldOf(map), dotOf(map)].filter(t => t).join("; ");

export const drawLegend = map => {
  const { classes, min, max } = map.raster, { cells, width, columns, rows } = map.region, key = `${titleOf(map)}${min}${max}${map.other ? 1 : 0}${map.region.level}`;
  if (classes) {
    const counts = new Int32Array(256), isDark = document.documentElement.dataset.theme === "dark", colours = classColours(classes, isDark);
    for (let y = 0; y < rows; y++) for (let i = y * width; i < y * width + columns; i++) counts[cells[i]]++;
    const number = n => map.isTiled ? "" : ` <b>${n.toLocaleString("en").replaceAll(",", "\u202f")}</b>`;
    const applies = name => map.plan.outcomes.includes(name) || counts[classes.indexOf(name) + 1] > 0;
    map.legend.innerHTML = classes.filter(applies).map(name => {
      const i = classes.indexOf(name) + 1;
      return `<span class="pd-key"><i style="background:rgb(${colours[i]})"></i>${name}${number(counts[i])}</span>`;
    }).join("") + (counts[0] > 0 ? `<span class="pd-key"><i class="pd-hatch"></i>not yet${number(counts[0])}</span>` : "") + notes(map);
    map.legendKey = "classes";
    return;
  }
  if (map.legendKey === key) return;
  map.legendKey = key;
  const list = map.other ? diverging() : viridis(), stops = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    .map(t => `rgb(${list[1 + Math.round(t * 254)]}) ${t * 100}%`).join(",");
  const [lo, mid, hi] = map.other ? [-1, 0, 1] : min === null ? [null, null, null] : [min, (min + max) / 2, max];
  map.legend.innerHTML = `<span class="pd-title">${map.other ? `${titleOf(map)}: difference` : titleOf(map)}</span>`
    + `<span class="pd-bar"><i style="background:linear-gradient(90deg,${stops})"></i><span>${format(lo)}</span><span>${format(mid)}</span><span>${format(hi)}</span></span>`
    + `<span class="pd-key"><i class="pd-hatch"></i>not yet or not applicable</span>${notes(map)}`;
};
