// Every page works without this script. It shows progress, checks and previews without a reload.
"use strict";
const body = document.body;
const problems = document.getElementById("problems");
if (problems) problems.focus();

// A build: show its progress, and reload the page when it has ended.
if (body.dataset.progress) {
  const status = document.getElementById("progress-words"), bar = document.getElementById("bar");
  const poll = async () => {
    try {
      const job = await (await fetch(body.dataset.progress)).json();
      if (job.ended) { location.reload(); return; }
      document.getElementById("begun").textContent = job.begun.length ? `Languages so far: ${job.begun.join(", ")}.` : "";
      bar.max = job.total;
      bar.value = job.made;
      const text = job.phase === "waiting"
        ? (job.ahead === 1 ? "1 build is ahead of yours." : `${job.ahead} builds are ahead of yours.`)
        : `${job.made} of ${job.total} files are made.`;
      if (status.textContent !== text) status.textContent = text;
    } catch { status.textContent = "Studio does not answer. Is it still running? What you saved is safe."; }
    setTimeout(poll, 500);
  };
  setTimeout(poll, 300);
}

// One message of a translation: the checks while somebody types, and keyboard shortcuts.
const form = document.getElementById("answer");
if (form && body.dataset.piece) {
  const text = document.getElementById("text"), found = document.getElementById("findings");
  // The saved translation: after a refusal the box has other text.
  const saved = form.elements.seen.value.trim();
  const item = finding => {
    const line = document.createElement("li"), strong = document.createElement("strong");
    line.className = finding.severity;
    strong.textContent = finding.looked_at ? "Looked at:" : finding.severity === "error" ? "Error:" : "Look at this:";
    line.append(strong, ` ${finding.message} ${finding.looked_at || finding.hint}`);
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
  // The text was typed before this script ran, or restored by the browser.
  if (text.value !== text.defaultValue) check();
  const press = value => form.querySelector(`button[value="${value}"]`)?.click();
  addEventListener("keydown", event => {
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); press(text.value.trim() === saved ? "accept" : "correct"); }
    if (event.altKey && event.key === "PageDown") { event.preventDefault(); document.getElementById("next")?.click(); }
    if (event.altKey && event.key === "PageUp") { event.preventDefault(); document.getElementById("previous")?.click(); }
  });
  // The browser asks before somebody leaves the page with unsaved changes.
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", event => { if (!sending && text.value.trim() !== saved) event.preventDefault(); });
}

// A guide: the feedback on it and its page, while somebody writes.
const guide = document.getElementById("guide");
if (guide && body.dataset.look) {
  const text = document.getElementById("text"), feedback = document.getElementById("findings");
  const frame = document.getElementById("look");
  let timer = 0, latest = 0;
  const update = async () => {
    const number = ++latest;
    const answer = await fetch(body.dataset.look, {method: "POST", body: new URLSearchParams(new FormData(guide))});
    const html = await answer.text();
    // Only the answer to the latest request counts.
    if (!answer.ok || number !== latest) return;
    // The markup is from Studio's own template, which escapes every text.
    feedback.innerHTML = html;
    frame.src = frame.src.split("?")[0] + "?now=" + Date.now();
  };
  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(update, 500); });
}

// A newsletter or a font: a file that is dropped anywhere on the page. A font may have a second file, of Bold.
const give = document.getElementById("give");
if (give) {
  const file = document.getElementById("file"), said = document.getElementById("dropped");
  addEventListener("dragover", event => event.preventDefault());
  addEventListener("drop", event => {
    const files = event.dataTransfer.files;
    // A text that is dropped into the box is not a file.
    if (!files.length) return;
    event.preventDefault();
    const bold = document.getElementById("bold"), two = [...files].sort((a, b) => /bold/i.test(a.name) - /bold/i.test(b.name));
    if (files.length === 1) { file.files = files; said.textContent = `“${files[0].name}” is chosen.`; file.dispatchEvent(new Event("change")); }
    else if (bold && files.length === 2) {
      for (const [at, box] of [file, bold].entries()) {
        const one = new DataTransfer();
        one.items.add(two[at]);
        box.files = one.files;
      }
      said.textContent = `“${two[0].name}” and “${two[1].name}” are chosen.`;
    }
    else said.textContent = "Drop one file only.";
  });
}

// --watch: when another program saves a file, the preview shows the new state.
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

// Signs of life: Studio closes itself a while after its last page was closed, but not while text is typed and not saved.
const closing = document.getElementById("close");
if (closing) {
  const pause = 30000; // milliseconds; a browser may make a minute of it in the background
  let name = crypto.randomUUID(), said = false;
  const isTyped = field => {
    if (!field.name) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && field.type !== "hidden")) return field.value !== field.defaultValue;
    return false;
  };
  const typed = () => [...document.forms].some(form => form.method === "post" && [...form.elements].some(isTyped));
  const words = gone => {
    said = !gone && typed();
    const data = new URLSearchParams({"form-token": closing.elements["form-token"].value, page: name});
    if (said) data.set("typed", "yes");
    if (gone) data.set("gone", "yes");
    return data;
  };
  const hello = () => { fetch("/here", {method: "POST", body: words(false)}).catch(() => {}); };
  hello();
  setInterval(hello, pause);
  addEventListener("input", () => { if (typed() !== said) hello(); });
  addEventListener("visibilitychange", () => { if (!document.hidden) hello(); });
  addEventListener("pagehide", () => navigator.sendBeacon("/here", words(true)));
  // The browser shows the page again as it was, after “Back”.
  addEventListener("pageshow", event => { if (event.persisted) { name = crypto.randomUUID(); hello(); } });
  closing.addEventListener("submit", event => {
    closing.elements.page.value = name;
    // The page of a translation asks by itself.
    if (typed() && !body.dataset.piece && !confirm("What you typed on this page is not saved. Close Studio anyway?")) event.preventDefault();
  });
}
