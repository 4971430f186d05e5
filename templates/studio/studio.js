// Comfort only: every page works without this.
"use strict";
const body = document.body;
const problems = document.getElementById("problems");
if (problems) problems.focus();

// A build: say how far it is, and show the finished page when it has ended.
if (body.dataset.progress) {
  const words = document.getElementById("progress-words"), bar = document.getElementById("bar");
  const look = async () => {
    try {
      const job = await (await fetch(body.dataset.progress)).json();
      if (job.ended) { location.reload(); return; }
      bar.max = job.total;
      bar.value = job.made;
      const said = job.phase === "waiting"
        ? (job.ahead === 1 ? "1 other is before you." : `${job.ahead} others are before you.`)
        : `${job.made} of ${job.total} files are made.`;
      if (words.textContent !== said) words.textContent = said;
    } catch { words.textContent = "Studio does not answer. Is it still running? What you saved is safe."; }
    setTimeout(look, 500);
  };
  setTimeout(look, 300);
}

// A piece of a translation: the checks while somebody types, and keys.
const form = document.getElementById("answer");
if (form && body.dataset.piece) {
  const text = document.getElementById("text"), found = document.getElementById("findings");
  // What is saved: after a refusal the box holds something else.
  const first = form.elements.seen.value.trim();
  const item = finding => {
    const line = document.createElement("li"), strong = document.createElement("strong"), code = document.createElement("span");
    line.className = finding.severity;
    strong.textContent = finding.looked_at ? "Looked at:" : finding.severity === "error" ? "Error:" : "Look at this:";
    code.className = "code";
    code.textContent = finding.code;
    line.append(strong, ` ${finding.message}. ${finding.looked_at || finding.hint} `, code);
    return line;
  };
  let waiting = 0, asked = 0;
  const check = async () => {
    const turn = ++asked;
    const data = new URLSearchParams({"form-token": form.elements["form-token"].value, text: text.value});
    const answer = await fetch(body.dataset.piece, {method: "POST", body: data});
    if (!answer.ok || turn !== asked) return;
    const findings = await answer.json();
    const list = document.createElement(findings.length ? "ul" : "p");
    if (findings.length) { list.className = "findings"; list.append(...findings.map(item)); }
    else list.textContent = "The automatic checks found nothing. They look at numbers, letters and length, not at meaning.";
    if (list.textContent !== found.textContent.trim()) found.replaceChildren(list);
  };
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, 250); });
  // Typed before this ran, or put back by the browser.
  if (text.value !== text.defaultValue) check();
  const press = value => form.querySelector(`button[value="${value}"]`)?.click();
  addEventListener("keydown", event => {
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); press(text.value.trim() === first ? "accept" : "correct"); }
    if (event.altKey && event.key === "PageDown") { event.preventDefault(); document.getElementById("next")?.click(); }
    if (event.altKey && event.key === "PageUp") { event.preventDefault(); document.getElementById("previous")?.click(); }
  });
  // Leaving with words that are not saved asks first.
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", event => { if (!sending && text.value.trim() !== first) event.preventDefault(); });
}

// The school's details: the page beside them shows what is typed, before it is saved.
const school = document.getElementById("school");
if (school) {
  const look = document.getElementById("look");
  let later = 0;
  const attempt = async () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(school)) if (typeof value === "string") data.append(name, value);
    const answer = await fetch("/school/try", {method: "POST", body: data});
    if (answer.ok) look.src = "/school/page?now=" + Date.now();
  };
  school.addEventListener("input", () => { clearTimeout(later); later = setTimeout(attempt, 400); });
}

// A guide: what is to be said of it and its page, while somebody writes.
const guide = document.getElementById("guide");
if (guide && body.dataset.look) {
  const text = document.getElementById("text"), said = document.getElementById("findings");
  const look = document.getElementById("look");
  let waiting = 0, asked = 0;
  const attempt = async () => {
    const turn = ++asked;
    const answer = await fetch(body.dataset.look, {method: "POST", body: new URLSearchParams(new FormData(guide))});
    const words = await answer.text();
    if (!answer.ok || turn !== asked) return;
    // Our own template's markup, with every text in it escaped.
    said.innerHTML = words;
    look.src = look.src.split("?")[0] + "?now=" + Date.now();
  };
  text.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(attempt, 500); });
}

// Watching: when a file was saved by another program, the preview shows the new state.
if (body.dataset.watch) {
  const frame = document.querySelector("iframe");
  let since = "";
  const watch = async () => {
    try {
      const {stamp} = await (await fetch("/changed?since=" + since)).json();
      if (since && stamp !== since) {
        if (frame) frame.src = frame.src.split("?")[0];
        else location.reload();
      }
      since = stamp;
      watch();
    } catch { setTimeout(watch, 2000); }
  };
  watch();
}
