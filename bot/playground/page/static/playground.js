// Keeps the page as the workspace is, and sends what a person does. What a message says is put in by the server,
// escaped; nothing here makes markup out of words.
import { compose } from "./composer.js";

const here = document.body.dataset;
const toast = document.getElementById("toast");
let toastEnds;

function say(words) {
  toast.textContent = words;
  toast.classList.toggle("shown", Boolean(words));
  clearTimeout(toastEnds);
  if (words) toastEnds = setTimeout(() => say(""), 9000);
}

async function act(name, body) {
  try {
    const answer = await fetch(`/acts/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ person: here.person, ...body }),
    });
    const told = await answer.json();
    say(told.says ?? (answer.ok ? "" : String(told.detail)));
    return answer.ok && !told.says;
  } catch {
    say("The playground does not answer. Is `make run` still there?");
    return false;
  }
}

// What changed: each live part whose new markup differs is put in place of the old one; the rest is left alone.

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  here.version = fresh.body.dataset.version;
  const logs = [...document.querySelectorAll(".messages")];
  const atEnd = new Set(logs.filter(isAtEnd).map((log) => log.id));
  const focused = document.activeElement?.id;
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(old.id);
    if (now && old.isConnected) settle(old, now);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  for (const log of document.querySelectorAll(".messages")) if (atEnd.has(log.id)) toEnd(log);
  settled();
}

function settle(old, now) {
  if (old.dataset.hash && old.dataset.hash === now.dataset.hash) return old;
  if ("keys" in old.dataset) return keep(old, now);
  if (!old.dataset.hash && old.innerHTML === now.innerHTML) return old;
  const placed = document.importNode(now, true);
  old.replaceWith(placed);
  return placed;
}

function keep(list, now) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const child of now.children) {
    const mine = known.get(child.dataset.key);
    const placed = mine ? settle(mine, child) : document.importNode(child, true);
    known.delete(child.dataset.key);
    const spot = before ? before.nextSibling : list.firstChild;
    if (placed !== spot) list.insertBefore(placed, spot);
    before = placed;
  }
  for (const gone of known.values()) gone.remove();
  return list;
}

const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
const toEnd = (log) => log.scrollTo(0, log.scrollHeight);

function settled() {
  markRead();
  const modal = document.getElementById("modal");
  if (modal.dataset.view && !modal.open) {
    modal.showModal();
    (modal.querySelector("textarea, input, select") ?? modal.querySelector("h2")).focus();
  }
}

// Unread marks: what this person saw last of each place, kept in this browser.

function markRead() {
  for (const link of document.querySelectorAll("[data-latest]")) {
    const key = `read:${here.person}:${link.dataset.place}`;
    if (link.dataset.place === here.place) localStorage.setItem(key, link.dataset.latest);
    const unread = link.dataset.latest > (localStorage.getItem(key) ?? "");
    link.classList.toggle("unread", unread);
    link.querySelector(".unseen")?.remove();
    if (unread) link.append(Object.assign(document.createElement("span"), { className: "unseen", textContent: " (unread)" }));
  }
}

// What a person does

async function pending(control, doing) {
  control.setAttribute("aria-busy", "true");
  control.setAttribute("aria-disabled", "true");
  await doing();
  control.removeAttribute("aria-busy");
  control.removeAttribute("aria-disabled");
}

function spot(control) {
  const message = control.closest("[data-ts]");
  if (message) return { channel: message.dataset.channel, ts: message.dataset.ts };
  const form = control.closest("form");
  return { view_id: control.closest("[data-view]")?.dataset.view ?? "", values: form ? filled(form) : {} };
}

const DOES = {
  press: (button) => {
    const form = button.closest("#modal-form");
    const held = form ? { values: filled(form) } : {};
    return act("press", { ...spot(button), ...held, action_id: button.dataset.action, block_id: button.dataset.block, value: button.value });
  },
  edit: (button) => {
    const text = prompt("Edit this message", button.closest("[data-ts]").querySelector(".words")?.textContent ?? "");
    if (text) return act("edit", { ...spot(button), text });
  },
  dismiss: (button) => act("dismiss", spot(button)),
  shortcut: (button) => act("shortcut", { callback_id: button.value }),
  clock: (button) => act("clock", { to: button.value }),
  close: (button) => act("close", spot(button)),
};

document.addEventListener("click", (event) => {
  const fill = event.target.closest("[data-fill]");
  if (fill) return fillIn(fill.dataset.fill);
  const button = event.target.closest("button[data-act]");
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (button || !menu.contains(event.target)) menu.open = false;
  }
  if (!button || button.getAttribute("aria-busy")) return;
  if (button.dataset.confirm && !confirm(button.dataset.confirm)) return;
  pending(button, () => DOES[button.dataset.act](button));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("change", (event) => {
  const chosen = event.target.closest("[data-act='choose']");
  if (!chosen) return;
  const { action, block } = chosen.dataset;
  act("press", { ...spot(chosen), action_id: action, block_id: block, value: event.target.value });
});

function fillIn(words) {
  const box = document.getElementById("composer-text");
  box.value = words;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Modals

function filled(form) {
  const values = {};
  for (const entry of form.querySelectorAll(".entry")) {
    const boxes = entry.querySelectorAll("[type=checkbox]");
    const field = entry.querySelector("textarea, select, input");
    if (!field) continue;
    if (boxes.length) values[field.name] = [...boxes].filter((box) => box.checked).map((box) => box.value);
    else if (field.type === "radio") values[field.name] = entry.querySelector(":checked")?.value ?? null;
    else if (field.multiple) values[field.name] = [...field.selectedOptions].map((option) => option.value);
    else values[field.name] = field.value || null;
  }
  return values;
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "modal-form") return;
  event.preventDefault();
  const view = event.target.closest("dialog").dataset.view;
  const send = document.getElementById("modal-submit");
  if (send && !send.getAttribute("aria-busy")) pending(send, () => act("submit", { view_id: view, values: filled(event.target) }));
});

document.addEventListener("cancel", (event) => {
  if (event.target.id !== "modal") return;
  event.preventDefault();
  act("close", { view_id: event.target.dataset.view });
}, true);

// Theme, places on a narrow screen, the live connection

const THEMES = { "": "as the system", light: "light", dark: "dark" };

function showTheme() {
  const theme = document.documentElement.dataset.theme ?? "";
  document.getElementById("theme").setAttribute("aria-label", `Theme: ${THEMES[theme]}`);
}

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(root.dataset.theme ?? "") + 1) % names.length];
  if (next) root.dataset.theme = next;
  else delete root.dataset.theme;
  localStorage.setItem("theme", next);
  showTheme();
});

document.getElementById("places-button").addEventListener("click", (event) => {
  const open = document.getElementById("places").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", String(open));
});

let busy = false;
let again = false;

async function changed() {
  again = busy;
  if (busy) return;
  busy = true;
  try {
    await refresh();
  } catch {
    say("The playground does not answer. Is `make run` still there?");
  }
  busy = false;
  if (again) changed();
}

function listen() {
  const stream = new EventSource(`/changes?since=${here.version}`);
  stream.onmessage = changed;
  stream.onerror = () => document.body.classList.add("offline");
  stream.onopen = () => {
    document.body.classList.remove("offline");
    changed();
  };
}

showTheme();
for (const log of document.querySelectorAll(".messages")) toEnd(log);
for (const form of document.querySelectorAll(".composer")) {
  compose(form, (text) => act("say", { channel: here.place, text, thread_ts: form.dataset.thread || null }));
}
settled();
listen();
if (here.withBot) act("home", { tab: here.tab });
