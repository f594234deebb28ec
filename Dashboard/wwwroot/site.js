// Starts the page, says when what it shows is stale, and keeps light or dark.
const banner = () => document.getElementById("stale");
let circuitSince = null, streamSince = null;

const showStale = () => {
  const since = circuitSince && streamSince ? new Date(Math.min(circuitSince, streamSince)) : circuitSince || streamSince;
  const element = banner();
  if (!element) return;
  element.hidden = !since;
  if (since) element.textContent = `Stale since ${since.toLocaleTimeString("en-GB")}: the server does not answer; trying again every second.`;
};

document.addEventListener("calciumsweep-stream", event => { streamSince = event.detail.staleSince; showStale(); });

// The circuit lives in the server's memory: a server that was started again does not know it, and the page is loaded anew.
const watchCircuit = () => {
  const modal = document.getElementById("components-reconnect-modal");
  modal.addEventListener("components-reconnect-state-changed", async event => {
    const state = event.detail.state;
    if (state === "hide") { circuitSince = null; showStale(); }
    else if (state === "rejected" || state === "resume-failed") location.reload();
    else {
      circuitSince ??= new Date();
      showStale();
      if (state === "failed") setTimeout(async () => { if (!await window.Blazor.reconnect().catch(() => true)) location.reload(); }, 1000);
    }
  });
};

const theme = name => {
  document.documentElement.dataset.theme = name;
  document.cookie = `calciumsweep-theme=${name}; path=/; max-age=31536000; samesite=strict`;
  document.dispatchEvent(new CustomEvent("calciumsweep-theme"));
};
window.calciumsweep = {
  theme,
  copy: text => navigator.clipboard?.writeText(text),
  insert: (id, line) => {
    const area = document.getElementById(id);
    if (!area) return;
    const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (area.value.split("\n")[line - 1] || "").length);
  },
};

document.addEventListener("keydown", event => {
  if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement?.tagName)) {
    const filter = document.querySelector("[data-filter] input, input[data-filter]");
    if (filter) { filter.focus(); event.preventDefault(); }
  }
});

const modal = document.getElementById("components-reconnect-modal");
if (modal) {
  watchCircuit();
  window.Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: 1000 } } });
}
