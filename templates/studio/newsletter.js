// From a newsletter to a guide. Every step works without this script. With it, a file is read as soon as it is dropped or
// chosen, each step is done without a new page, a piece is split at the cursor, and what is typed is saved.
"use strict";
for (const one of document.querySelectorAll("[data-plain]")) one.hidden = true;

// A file is read at once, unless another newsletter would be discarded by it.
const giving = document.querySelector("#give[action='/write/new']");
if (giving) {
  const file = giving.elements.file, replace = giving.elements.replace, reading = document.getElementById("reading");
  file.addEventListener("change", () => {
    if (!file.files.length) return;
    if (replace && !replace.checked) {
      document.getElementById("dropped").textContent = `“${file.files[0].name}” is chosen. Tick “Discard” below, then press “Read the newsletter”.`;
      return;
    }
    giving.requestSubmit();
  });
  giving.addEventListener("submit", () => setTimeout(() => {
    reading.hidden = false;
    reading.firstElementChild.textContent = file.files.length ? `Studio reads “${file.files[0].name}” …` : "Studio reads the newsletter …";
  }, 1000));
}

// The page that asks where to split: at the cursor.
const asks = document.getElementById("asks"), splitting = document.querySelector("#asks textarea");
const only = (box, split) => {
  // The words are the newsletter's: only where they are split may change.
  box.addEventListener("beforeinput", event => {
    event.preventDefault();
    if (/^insert(LineBreak|Paragraph)$/.test(event.inputType)) split();
  });
};
if (splitting) {
  only(splitting, () => asks.requestSubmit(asks.querySelector("button[name=step]")));
  asks.addEventListener("formdata", event => event.formData.set("at", splitting.selectionStart));
  splitting.focus();
  splitting.setSelectionRange(0, 0);
  document.getElementById("words-hint").prepend("Put the cursor where the second piece begins, then press Enter or “Split here”.");
}

// The pieces: each step without a new page, so that nobody loses the place.
const checking = document.getElementById("checking");
if (checking) {
  const gone = "Studio does not answer. Is it still running? What you did before is kept.";
  let busy = false, timer = 0, sent = "";
  const typed = () => {
    const form = document.getElementById("guide-form");
    return form ? new URLSearchParams(new FormData(form)).toString() : "";
  };
  // What is typed below is saved, one save after the other.
  let last = Promise.resolve();
  const save = () => (last = last.then(async () => {
    clearTimeout(timer);
    const form = document.getElementById("guide-form"), now = typed();
    if (!form || now === sent) return;
    try {
      const answer = await fetch(form.dataset.fields, {method: "POST", body: new URLSearchParams([...new FormData(form), ["quiet", "yes"]])});
      if (!answer.ok || answer.redirected) { document.getElementById("kept").textContent = "Not saved. Press “Write the guide”: nothing that you typed is lost."; return; }
      const told = await answer.json();
      if (form.elements.name.value === form.elements.made.value) form.elements.name.value = told.made;
      form.elements.made.value = told.made;
      document.getElementById("made").textContent = form.elements.name.value;
      sent = now === typed() ? now : typed();
      if (now.replace(/&(made|name)=[^&]*/g, "") !== sent.replace(/&(made|name)=[^&]*/g, "")) sent = now;
      for (const box of form.elements) if (box.name) { if (box.type === "checkbox") box.defaultChecked = box.checked; else box.defaultValue = box.value; }
      document.getElementById("kept").textContent = `Saved ${told.saved}`;
    } catch { document.getElementById("kept").textContent = "Studio does not answer. Is it still running? What you typed is still on this page."; }
  }));
  const watch = () => { sent = typed(); for (const one of checking.querySelectorAll("[data-plain]")) one.hidden = true; };
  watch();
  // What somebody typed before this script ran is saved too.
  const early = box => box.type === "checkbox" ? box.checked !== box.defaultChecked : "defaultValue" in box && box.value !== box.defaultValue;
  if ([...document.getElementById("guide-form")?.elements ?? []].some(box => box.name && early(box))) { sent = ""; save(); }
  checking.addEventListener("input", event => {
    if (!event.target.closest("#guide-form")) return;
    clearTimeout(timer);
    timer = setTimeout(save, 500);
  });
  checking.addEventListener("change", event => { if (event.target.closest("#guide-form")) save(); });
  addEventListener("pagehide", () => {
    const form = document.getElementById("guide-form");
    if (form && typed() !== sent) navigator.sendBeacon(form.dataset.fields, new URLSearchParams([...new FormData(form), ["quiet", "yes"]]));
  });

  const show = (html, address, pressed, top) => {
    const page = new DOMParser().parseFromString(html, "text/html"), next = page.getElementById("checking");
    if (!next) return false;
    const at = new URL(address).searchParams.get("at");
    const outside = checking.querySelector(".outside")?.open;
    // The markup is from Studio's own template, which escapes every text.
    checking.replaceChildren(...next.childNodes);
    if (outside && checking.querySelector(".outside")) checking.querySelector(".outside").open = true;
    watch();
    document.title = page.title;
    history.replaceState(null, "", address);
    const problem = document.getElementById("problems");
    const same = checking.querySelector(`button[value="${CSS.escape(pressed)}"]`);
    const shown = same?.checkVisibility() ? same : null;
    const focused = problem || shown || document.querySelector(`#piece-${CSS.escape(at)} summary`) || document.getElementById("piece-1");
    if (!problem && focused.closest(".parts")) scrollBy(0, focused.getBoundingClientRect().top - top);
    focused.focus({preventScroll: focused === shown && !!shown.closest(".bar")});
    document.getElementById("said").textContent = checking.querySelector(".bar p").textContent;
    return true;
  };
  const step = async (form, fields, pressed, top) => {
    if (busy) return;
    busy = true;
    try {
      await save();
      const answer = await fetch(form.action, {method: "POST", body: fields});
      if (!show(await answer.text(), answer.url, pressed, top)) location.reload();
    } catch {
      document.getElementById("said").textContent = checking.querySelector(".bar p").textContent = gone;
    } finally { busy = false; }
  };
  checking.addEventListener("submit", event => {
    if (!event.target.matches(".steps")) { clearTimeout(timer); sent = typed(); return; }
    event.preventDefault();
    const pressed = event.submitter;
    step(event.target, new URLSearchParams(new FormData(event.target, pressed)), pressed.value, pressed.getBoundingClientRect().top);
  });

  // Split in place: the words become a box with a cursor.
  const open = (number, link) => {
    const words = checking.querySelector(`[data-piece="${number}"]`), form = document.getElementById("pieces");
    const box = document.createElement("textarea"), bar = document.createElement("p"), yes = document.createElement("button"), no = document.createElement("button");
    Object.assign(box, {value: words.textContent, rows: Math.min(12, 2 + Math.ceil(words.textContent.length / 60)), spellcheck: false});
    box.setAttribute("aria-label", `The words of piece ${number}. Put the cursor where the second piece begins, then press Enter.`);
    Object.assign(yes, {type: "button", className: "small", textContent: "Split here"});
    Object.assign(no, {type: "button", className: "second small", textContent: "Do not split"});
    bar.className = "buttons splitting";
    bar.append(yes, no, "Put the cursor where the second piece begins.");
    const split = () => {
      const fields = new URLSearchParams(new FormData(form));
      fields.set("step", `split:${number}`);
      fields.set("words", words.textContent);
      fields.set("at", box.selectionStart);
      step(form, fields, `split:${number}`, box.getBoundingClientRect().top);
    };
    const close = () => { box.remove(); bar.remove(); words.hidden = false; link.focus(); };
    only(box, split);
    box.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
    yes.addEventListener("mousedown", event => event.preventDefault());
    yes.addEventListener("click", split);
    no.addEventListener("click", close);
    words.hidden = true;
    words.after(box, bar);
    box.focus();
    box.setSelectionRange(0, 0);
  };
  checking.addEventListener("click", event => {
    const link = event.target.closest("a[href*='/split?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(new URL(link.href).searchParams.get("number"), link);
  });
}
