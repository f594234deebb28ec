// Colours that the colour-blind tell apart: Okabe and Ito's for outcomes, viridis for numbers, purple–orange for differences.
export const outcomes = {
  quiescent: ["#2b4c7e", "#4a6fa5"], sparks: ["#56b4e9", "#7cc7f2"], abortive: ["#ecc94b", "#ecc94b"], wave: ["#d55e00", "#e8741a"],
  repetitive: ["#cc79a7", "#d893b9"], plateau: ["#009e73", "#21b489"], undecided: ["#8c8c8c", "#9a9a9a"], failed: ["#111111", "#ffffff"],
  done: ["#009e73", "#21b489"],
};
export const notYet = "not yet";

const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
const ramp = colours => {
  const list = colours.map(rgb), out = [[0, 0, 0]];
  for (let i = 0; i < 255; i++) {
    const t = i / 254 * (list.length - 1), k = Math.min(list.length - 2, Math.floor(t));
    out.push(list[k].map((c, j) => Math.round(c + (list[k + 1][j] - c) * (t - k))));
  }
  return out;
};
let cache = {};

export const classColours = (classes, isDark) => {
  const out = Array.from({ length: 256 }, () => [128, 128, 128]);
  classes.forEach((name, i) => { out[i + 1] = rgb((outcomes[name] || outcomes.undecided)[isDark ? 1 : 0]); });
  return out;
};
export const viridis = () => cache.viridis ??= ramp(["#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c", "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725"]);
export const diverging = () => cache.diverging ??= ramp(["#2d004b", "#542788", "#8073ac", "#b2abd2", "#d8daeb", "#f7f7f7", "#fee0b6", "#fdb863", "#e08214", "#b35806", "#7f3b08"]);
