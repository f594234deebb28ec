// A diagram as it is seen, as a file of its own.
import { captionOf } from "./legend.js";

const style = `text{font:12px Inter,'DejaVu Sans',sans-serif;fill:#1b2430}.pd-name{font-size:13px}.pd-frame{fill:none;stroke:#5b6675}.pd-tick{stroke:#5b6675}`
  + `.pd-halo{fill:none;stroke:#fff;stroke-width:4;stroke-opacity:.8}.pd-line{fill:none;stroke:#111;stroke-width:2}.pd-side{fill:none;stroke:#111;stroke-width:1;stroke-dasharray:4 3}.pd-cursor{display:none}`;
const escape = text => text.replace(/[&<>]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

export const makeSvg = diagram => {
  const box = diagram.box, width = box.left + box.width + 14, height = box.top + box.height + 100, foot = box.top + box.height + 66;
  let legend = "", x = box.left;
  for (const key of diagram.legend.querySelectorAll(".pd-key")) {
    const colour = key.querySelector("i").style.background || "#ddd", text = key.textContent.trim();
    legend += `<rect x="${x}" y="${foot - 10}" width="11" height="11" fill="${colour}" stroke="#999" stroke-width=".5"/><text x="${x + 16}" y="${foot}">${escape(text)}</text>`;
    x += 34 + text.length * 6.6;
  }
  const bar = diagram.legend.querySelector(".pd-bar i");
  if (bar) {
    const stops = [...bar.style.background.matchAll(/rgb\([^)]*\)/g)].map((m, i, all) => `<stop offset="${i / (all.length - 1)}" stop-color="${m[0]}"/>`).join("");
    const numbers = [...diagram.legend.querySelectorAll(".pd-bar span")].map((s, i) => `<text x="${box.left + 110 * i}" y="${foot + 6}" text-anchor="${["start", "middle", "end"][i]}">${s.textContent}</text>`).join("");
    legend = `<defs><linearGradient id="bar">${stops}</linearGradient></defs><rect x="${box.left}" y="${foot - 18}" width="220" height="10" fill="url(#bar)"/>${numbers}`;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${style}</style>`
    + `<rect width="100%" height="100%" fill="#fff"/><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" fill="#ddd"/><image x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}" preserveAspectRatio="none" href="${diagram.canvas.toDataURL("image/png")}"/>`
    + `${diagram.svg.innerHTML}${legend}<text x="${box.left}" y="${height - 10}">${escape(captionOf(diagram))}</text></svg>`;
};

export const save = (name, type, content) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

export const savePng = async (name, svg) => {
  const image = new Image(), canvas = document.createElement("canvas");
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob(blob => save(name, "image/png", blob));
};
