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
  focusHeading: () => {
    if (!document.getElementById("content")?.contains(document.activeElement)) document.querySelector("h1")?.focus({ preventScroll: true });
  },
  copy: text => navigator.clipboard?.writeText(text),
  insert: (id, line) => {
    const area = document.getElementById(id);
    if (!area) return;
    const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (area.value.split("\n")[line - 1] || "").length);
  },
  // In the place of the word that was begun before the cursor, if it is a beginning of it.
  put: (id, word) => {
    const area = document.getElementById(id);
    if (!area) return;
    const begun = wordBefore(area);
    area.setRangeText(word, word.toLowerCase().startsWith(begun.toLowerCase()) ? area.selectionStart - begun.length : area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  },
};

const wordBefore = area => area.value.slice(0, area.selectionStart).match(/[\w.-]*$/)[0];

document.addEventListener("keydown", event => {
  const words = document.getElementById("words");
  if (words && event.ctrlKey && event.code === "Space" && event.target.id === "spec") {
    words.value = wordBefore(event.target);
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
    event.preventDefault();
  }
  if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement?.tagName)) {
    const filter = document.querySelector("[data-filter] input, input[data-filter]");
    if (filter) { filter.focus(); event.preventDefault(); }
  }
});

// A page is drawn on the server first, and its elements are replaced when it comes alive: whatever the user did meanwhile goes on.
const takeOver = () => {
  const shell = document.querySelector(".shell"), typed = new Map();
  const pathOf = element => {
    const steps = [];
    for (; element && element !== document.body && !element.classList.contains("shell"); element = element.parentElement) {
      if (element.id) { steps.unshift(`#${CSS.escape(element.id)}`); break; }
      steps.unshift(`${element.localName}:nth-of-type(${1 + [...element.parentElement.children].filter(e => e.localName === element.localName).indexOf(element)})`);
    }
    return steps[0]?.startsWith("#") ? steps.join(" > ") : [".shell", ...steps].join(" > ");
  };
  let focus = null;
  const focused = event => { focus = { path: pathOf(event.target), element: event.target }; };
  // An element that is replaced loses the focus as well: only one that stays was left by the user.
  const blurred = event => setTimeout(() => { if (event.target.isConnected && focus?.element === event.target) focus = null; }, 0);
  const changed = event => typed.set(pathOf(event.target), event.target);
  const watched = [["focusin", focused], ["focusout", blurred], ["input", changed], ["change", changed]];
  if (shell?.contains(document.activeElement)) focused({ target: document.activeElement });
  for (const field of shell?.querySelectorAll("textarea, input[type=search]") || []) if (field.value !== field.defaultValue) changed({ target: field });
  for (const [name, act] of watched) document.addEventListener(name, act, true);
  const observer = new MutationObserver(() => {
    if (!document.querySelector("[data-living]")) return;
    observer.disconnect();
    for (const [name, act] of watched) document.removeEventListener(name, act, true);
    for (const [path, before] of typed) {
      const now = document.querySelector(path);
      if (!now || now === before || now.localName !== before.localName) continue;
      if (now.type === "checkbox") now.checked = before.checked; else now.value = before.value;
      for (const name of ["input", "change"]) now.dispatchEvent(new Event(name, { bubbles: true }));
    }
    const now = focus && document.querySelector(focus.path);
    if (now && now !== focus.element && (document.activeElement === document.body || !document.activeElement)) {
      now.focus({ preventScroll: true });
      if (now.setSelectionRange && focus.element.selectionStart !== null) now.setSelectionRange(focus.element.selectionStart, focus.element.selectionEnd);
    }
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-living"] });
};

const modal = document.getElementById("components-reconnect-modal");
if (modal) {
  watchCircuit();
  takeOver();
  window.Blazor.start({ circuit: { reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: 1000 } } });
}
