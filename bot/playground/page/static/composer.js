// The box a person writes in: Enter sends, and what the grammar knows is offered while a command is typed.

const COMMANDS = JSON.parse(document.getElementById("completions").textContent);
const OURS = /^(\/imagelane|@imagelane)\s+/i;
const MOST = 8;

// What could stand at the end of the text: [{ text, about }], where `text` is the whole text once it is taken.
function offers(text, inThread) {
  const door = inThread ? "@imagelane" : "/imagelane";
  if (/^[/@]/.test(text) && !/\s/.test(text)) {
    return door.startsWith(text.toLowerCase()) && text.length < door.length ? [{ text: `${door} `, about: "ask the bot" }] : [];
  }
  const start = text.match(OURS)?.[0];
  if (start === undefined) return [];
  const words = text.slice(start.length);
  if (!/\s/.test(words)) {
    return COMMANDS.filter((command) => command.name.startsWith(words.toLowerCase()) && command.name !== words)
      .map((command) => ({ text: `${start}${command.name} `, show: command.usage, about: command.sentence }));
  }
  const [name, ...rest] = words.split(/\s+/);
  const command = COMMANDS.find((each) => each.name === name.toLowerCase());
  const typed = rest.at(-1).toLowerCase();
  if (!command || !typed || inQuotes(words)) return [];
  const head = text.slice(0, text.length - typed.length);
  return command.words.filter((word) => word.startsWith(typed) && word !== typed)
    .map((word) => ({ text: `${head}${word} `, show: word, about: "" }));
}

const inQuotes = (words) => (words.match(/["“”]/g) ?? []).length % 2 === 1;

export function compose(form, send) {
  const box = form.querySelector("textarea");
  const list = form.querySelector(".choices");
  const draft = `draft:${document.body.dataset.person}:${document.body.dataset.place}:${form.dataset.thread}`;
  let offered = [];
  let at = -1;

  function grow() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
    sessionStorage.setItem(draft, box.value);
  }

  function show(found) {
    offered = found.slice(0, MOST);
    at = -1;
    list.replaceChildren(...offered.map(choice));
    list.hidden = offered.length === 0;
    box.setAttribute("aria-expanded", String(offered.length > 0));
    box.removeAttribute("aria-activedescendant");
  }

  function choice(offer, index) {
    const item = Object.assign(document.createElement("li"), { id: `${form.id}-choice-${index}` });
    item.setAttribute("role", "option");
    const name = Object.assign(document.createElement("code"), { textContent: offer.show ?? offer.text.trim() });
    const about = Object.assign(document.createElement("span"), { textContent: offer.about });
    item.append(name, about);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(offer);
    });
    return item;
  }

  function point(step) {
    at = (at + step + offered.length) % offered.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function take(offer) {
    box.value = offer.text;
    show(offers(box.value, Boolean(form.dataset.thread)));
    grow();
  }

  async function go() {
    const text = box.value;
    if (!text.trim()) return;
    box.value = "";
    show([]);
    grow();
    if (!(await send(text)) && !box.value) {
      box.value = text;
      grow();
    }
  }

  box.addEventListener("input", () => {
    grow();
    show(offers(box.value, Boolean(form.dataset.thread)));
  });
  box.addEventListener("blur", () => show([]));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (offered.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      point(event.key === "ArrowDown" ? 1 : -1);
    } else if (offered.length && !event.shiftKey && (event.key === "Tab" || (event.key === "Enter" && at >= 0))) {
      event.preventDefault();
      take(offered[Math.max(at, 0)]);
    } else if (offered.length && event.key === "Escape") {
      event.preventDefault();
      show([]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      go();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });

  box.value = sessionStorage.getItem(draft) ?? "";
  grow();
  if (matchMedia("(min-width: 700px)").matches) box.focus();
}
