// What the server has of a campaign's map: its plan, one byte of each of its points, and tiles where the points are too many for that.
export const TILE = 512;
const plans = new Map(), rasters = new Map();

const refusal = async (answer, what) => new Error((await answer.json().catch(() => ({}))).detail || `${what} is not to be had: ${answer.status}`);
const campaignPath = id => `/api/campaigns/${encodeURIComponent(id)}`;

export const hasPlan = id => plans.has(id);

export const fetchPlan = id => {
  if (!plans.has(id)) {
    plans.set(id, fetch(`${campaignPath(id)}/plan`).then(async answer => {
      if (!answer.ok) throw await refusal(answer, `the plan of ${id}`);
      return answer.json();
    }).catch(error => { plans.delete(id); throw error; }));
  }
  return plans.get(id);
};

// What was fetched last of a map.
export const rasterOf = path => rasters.get(path);

// What the bytes mean, and as of which version.
const meaning = header => ({
  version: header("Version"), classes: header("Classes")?.split(","),
  min: header("Min") === "" ? null : +header("Min"), max: header("Max") === "" ? null : +header("Max"),
});

// The whole raster, or what changed since the version we have; one request at a time.
export const fetchRaster = async path => {
  const known = rasters.get(path);
  const answer = await fetch(`${path}&format=bytes${known ? `&since=${encodeURIComponent(known.version)}` : ""}`);
  if (!answer.ok) throw await refusal(answer, "the map");
  const header = name => answer.headers.get(`Diagram-${name}`), bytes = new Uint8Array(await answer.arrayBuffer());
  let raster = known;
  if (header("Delta") && known) {
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < bytes.length; i += 5) known.cells[view.getInt32(i, true)] = bytes[i + 4];
  } else {
    raster = { cells: bytes, width: +header("Width"), height: +header("Height") };
  }
  Object.assign(raster, meaning(header), { bytes: bytes.length });
  rasters.delete(path);
  rasters.set(path, raster);
  if (rasters.size > 12) rasters.delete(rasters.keys().next().value);
  return raster;
};

// Tiles of a level of the pyramid, side by side, and what their bytes mean. path: of the tile in a column and row.
export const fetchTiles = async (path, [firstColumn, lastColumn], [firstRow, lastRow]) => {
  const columns = lastColumn - firstColumn + 1, rows = lastRow - firstRow + 1, width = columns * TILE;
  const cells = new Uint8Array(width * rows * TILE), meant = {};
  await Promise.all(Array.from({ length: columns * rows }, async (_, i) => {
    const column = i % columns, row = Math.floor(i / columns);
    const answer = await fetch(path(firstColumn + column, firstRow + row), { cache: "no-cache" });
    if (!answer.ok) throw await refusal(answer, "a tile");
    const header = name => answer.headers.get(`Diagram-${name}`), bytes = new Uint8Array(await answer.arrayBuffer()), w = +header("Width");
    for (let y = 0; y < +header("Height"); y++) cells.set(bytes.subarray(y * w, (y + 1) * w), (row * TILE + y) * width + column * TILE);
    Object.assign(meant, meaning(header));
  }));
  return { cells, width, meant };
};
