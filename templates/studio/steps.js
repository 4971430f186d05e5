// “Make guides for our families”: every step works without this script, page by page. With it, details are saved as
// they are typed, the page beside the form shows them, and long lists can be searched.
"use strict";
for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;

// A link to another page waits until what was typed is saved: that page may show it.
const leaving = (isUnsaved, save) => addEventListener("click", async event => {
  const link = event.target.closest("a[href]");
  if (!link || link.target || link.getAttribute("href").startsWith("#") || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !isUnsaved()) return;
  event.preventDefault();
  await save();
  location.href = link.href;
});
const closes = (isUnsaved, save) => document.getElementById("close")?.addEventListener("submit", async event => {
  if (!isUnsaved()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await save();
  setTimeout(() => event.target.requestSubmit());
}, {capture: true});
// What is saved by itself needs no button for it.
for (const one of document.querySelectorAll("[data-saves] .stick button.second, #school .stick button.second, #look-at .buttons")) one.hidden = true;

// The school's details.
const school = document.getElementById("school");
if (school) {
  const frame = document.getElementById("look"), said = document.getElementById("saved");
  const fields = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(school)) if (typeof value === "string") data.append(name, value);
    return data;
  };
  const send = (address, more = {}) => fetch(address, {method: "POST", body: fields(), ...more});
  // The part of the page that shows what is typed. The page beside has no script, so it scrolls by its address.
  let part = "", looking = 0, saving = 0, sent = fields().toString();
  const look = async () => {
    const answer = await send("/school/try");
    if (!answer.ok) return;
    const {colour} = await answer.json();
    document.querySelectorAll(".shade rect").forEach((one, at) => one.setAttribute("fill", at ? colour.dark : colour.light));
    const picker = document.getElementById("picker");
    if (picker && document.activeElement !== picker) picker.value = colour.given;
    frame.src = `/school/page?now=${Date.now()}${part ? "#" + part : ""}`;
  };
  // The sentence below a box whose value cannot be used, and none below the others.
  const mark = wrong => {
    for (const box of school.querySelectorAll("input[id]")) {
      const sentence = wrong[box.name], id = `${box.id}-error`, there = document.getElementById(id);
      if (there && there.dataset.typed !== undefined && !sentence) there.remove();
      if (sentence && !there && box.value) {
        const error = document.createElement("p");
        Object.assign(error, {className: "error", id, textContent: `Not saved yet: ${sentence}`});
        error.dataset.typed = "";
        box.after(error);
      } else if (sentence && there?.dataset.typed !== undefined) there.textContent = `Not saved yet: ${sentence}`;
      const described = (box.getAttribute("aria-describedby") || "").split(" ").filter(name => name && name !== id);
      if (sentence && box.value) described.push(id);
      if (described.length) box.setAttribute("aria-describedby", described.join(" "));
      else box.removeAttribute("aria-describedby");
      box.toggleAttribute("aria-invalid", Boolean(sentence && box.value));
      if (box.hasAttribute("aria-invalid")) box.setAttribute("aria-invalid", "true");
    }
  };
  // One save at a time: each says which state of the file it was made from.
  let running = null;
  const save = () => {
    clearTimeout(saving);
    running ??= (async () => { while (await saved()); running = null; })();
    return running;
  };
  // Whether something was typed meanwhile.
  const saved = async () => {
    if (fields().toString() === sent) return false;
    const now = sent = fields().toString();
    try {
      const answer = await send("/school/save"), told = await answer.json();
      const typed = fields().toString() !== now;
      if (told.changed) { said.textContent = `${told.changed} Press “Save” to see what is different.`; return false; }
      school.elements.version.value = told.version;
      for (const [name, value] of Object.entries(told.was)) if (school.elements[name]) school.elements[name].value = value;
      if (!typed) sent = fields().toString();
      mark(told.wrong);
      for (const box of school.querySelectorAll("input[id]")) {
        if (box.type === "checkbox") box.defaultChecked = box.checked;
        else if (box.type !== "file" && told.wrong[box.name] === undefined) box.defaultValue = box.value;
      }
      const open = Object.keys(told.wrong).length;
      said.textContent = told.saved ? `Saved ${told.saved}${open ? ", but not what is marked" : ""}` : "Kept, but not used yet: correct what is marked.";
      return typed;
    } catch {
      said.textContent = "Studio does not answer. Is it still running? What you typed is still on this page.";
      sent = "";
      return false;
    }
  };
  school.addEventListener("input", event => {
    if (event.target.type === "file") return;
    part = event.target.closest("[data-at]")?.dataset.at || "";
    clearTimeout(looking); looking = setTimeout(look, 150);
    clearTimeout(saving); saving = setTimeout(save, 2000);
  });
  school.addEventListener("change", event => { if (event.target.type !== "file") save(); });
  // Who leaves the page before the two seconds are over loses nothing.
  let going = false;
  school.addEventListener("submit", async event => {
    clearTimeout(saving);
    if (going || !running) { going = true; return; }
    // The form names the state of the file that it was made from, which a save is just changing.
    event.preventDefault();
    const pressed = event.submitter;
    await running;
    going = true;
    setTimeout(() => school.requestSubmit(pressed));
  });
  const isUnsaved = () => !going && (running !== null || fields().toString() !== sent);
  leaving(isUnsaved, save);
  closes(isUnsaved, save);
  addEventListener("pagehide", () => { if (!going && fields().toString() !== sent) send("/school/save", {keepalive: true}); });

  // The colour by a picker too.
  const colour = document.getElementById("colour");
  if (colour) {
    const row = document.createElement("div"), picker = document.createElement("input");
    Object.assign(picker, {type: "color", id: "picker", value: colour.closest("[data-given]").dataset.given});
    picker.setAttribute("aria-label", "Choose the colour");
    row.className = "picker";
    colour.replaceWith(row);
    row.append(picker, colour);
    picker.addEventListener("input", () => { colour.value = picker.value; });
  }

  // The logo: dropped or chosen, it is sent and shown at once.
  const logo = document.getElementById("logo"), field = document.getElementById("logo-field");
  const give = async () => {
    await save();
    going = true;
    const back = document.createElement("input");
    Object.assign(back, {type: "hidden", name: "logo-only", value: "yes"});
    school.append(back);
    said.textContent = "The logo is being saved …";
    school.requestSubmit(school.querySelector(".buttons .second"));
  };
  logo.addEventListener("change", () => { if (logo.files.length) give(); });
  addEventListener("dragover", event => { event.preventDefault(); field.classList.add("over"); });
  addEventListener("dragleave", event => { if (!event.relatedTarget) field.classList.remove("over"); });
  addEventListener("drop", event => {
    field.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    if (event.dataTransfer.files.length > 1) { said.textContent = "Drop one picture only."; return; }
    logo.files = event.dataTransfer.files;
    give();
  });
}

// Ticks are saved as they are set, so that nobody loses them who goes on by a link.
for (const form of document.querySelectorAll("form[data-saves]")) {
  const said = form.querySelector(".stick [role=status]");
  let last = Promise.resolve(), waiting = 0, going = false;
  const save = async () => {
    try {
      const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
      const now = new Date().toLocaleTimeString("en-GB", {hour: "2-digit", minute: "2-digit"});
      said.textContent = answer.ok ? `${form.dataset.saves.replace("{}", form.querySelectorAll("li input:checked").length)} Saved ${now}` : "Not saved: tick at least one.";
      if (answer.ok) for (const box of form.querySelectorAll("input")) box.defaultChecked = box.checked;
    } catch { said.textContent = "Studio does not answer. Is it still running?"; }
    waiting--;
  };
  form.addEventListener("change", event => {
    if (event.target.type === "search" || going) return;
    waiting++;
    last = last.then(save);
  });
  form.addEventListener("submit", event => {
    if (going || !waiting) { going = true; return; }
    event.preventDefault();
    const pressed = event.submitter;
    // Not at once: a form that is just being sent cannot be sent again.
    last.then(() => { going = true; setTimeout(() => form.requestSubmit(pressed)); });
  });
  leaving(() => waiting > 0 && !going, () => last);
}

// A list of home languages is counted as soon as it is chosen.
const list = document.getElementById("file");
if (list?.form?.action.endsWith("/languages/list")) list.addEventListener("change", () => { if (list.files.length) list.form.requestSubmit(); });

// A long list: find, tick the usual ones, count.
const languages = document.getElementById("languages");
if (languages) {
  const find = document.getElementById("find"), found = document.getElementById("found");
  const rows = [...languages.querySelectorAll("[data-find]")];
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map(rows.map(row => [row, plain(row.dataset.find)]));
  find.addEventListener("input", () => {
    const wanted = plain(find.value.trim());
    let seen = 0;
    for (const row of rows) {
      row.hidden = !words.get(row).includes(wanted);
      seen += !row.hidden;
    }
    found.textContent = wanted ? (seen ? `${seen} found` : "None found. Try another name.") : "";
  });
  // Enter ticks the only one that is found; it does not send the form.
  find.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const left = rows.filter(row => !row.hidden);
    if (left.length === 1) { left[0].querySelector("input").click(); find.select(); }
  });
  document.getElementById("tick-usual")?.addEventListener("click", event => {
    event.preventDefault();
    const usual = event.currentTarget.dataset.tags.split(" ");
    for (const box of languages.elements.language) if (usual.includes(box.value)) box.checked = true;
    languages.dispatchEvent(new Event("change", {bubbles: true}));
  });
}

// Look and make: the choice shows at once, and the arrow keys turn to the next language.
const look = document.getElementById("look-at");
if (look) {
  look.addEventListener("change", () => look.requestSubmit());
  addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea, summary, .stage")) return;
    const rel = {ArrowLeft: "prev", ArrowRight: "next"}[event.key];
    const link = rel && document.querySelector(`a[rel=${rel}]`);
    if (link) { event.preventDefault(); location.replace(link.href + "#look-title"); }
  });
}

// Copy a text.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy), said = button.parentElement.querySelector("[role=status]");
    try { await navigator.clipboard.writeText(text.value); said.textContent = "Copied."; }
    catch { text.select(); said.textContent = "Press Ctrl and C to copy what is marked."; }
  });
}
