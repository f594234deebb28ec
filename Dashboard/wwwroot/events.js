// One stream of events for the whole page, opened again within a second when it breaks.
let source = null, heardAt = 0, staleSince = null;
const readers = new Set(), latest = new Map();

const tell = () => document.dispatchEvent(new CustomEvent("calciumsweep-stream", { detail: { staleSince } }));

const open = () => {
  source = new EventSource("/api/events");
  source.onopen = () => { heardAt = Date.now(); if (staleSince) { staleSince = null; tell(); } };
  source.onerror = () => {
    if (!staleSince) { staleSince = new Date(heardAt || Date.now()); tell(); }
    // A browser's own next try comes after three seconds or never.
    source.close();
    source = null;
    setTimeout(() => { if (!source && readers.size > 0 && !document.hidden) open(); }, 1000);
  };
  source.addEventListener("campaign", event => {
    heardAt = Date.now();
    const news = JSON.parse(event.data);
    latest.set(news.campaign, news);
    for (const reader of readers) reader(news);
  });
};

// A browser has six connections to a server, for all its tabs: one that is not looked at leaves its own to others.
const isHiddenFor = 5000;
let hiding = null;
const leaveIfHidden = () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(() => { source?.close(); source = null; }, isHiddenFor);
};
document.addEventListener("visibilitychange", () => {
  leaveIfHidden();
  if (!document.hidden && !source && readers.size > 0) open();
});

// Calls back with each event; answers with what ends it.
export const follow = reader => {
  readers.add(reader);
  if (!source) open();
  leaveIfHidden();
  for (const news of latest.values()) reader(news);
  return () => {
    readers.delete(reader);
    // A page that changes leaves and comes in one go: the stream stays for it.
    setTimeout(() => { if (readers.size === 0 && source) { source.close(); source = null; } }, 3000);
  };
};
