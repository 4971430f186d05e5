// Checking a translation: one page with all blocks. Without this script each block has a page of its own.
// An answer is sent at once, the block shows its new state, and the next open block has the focus.
"use strict";
const check = document.getElementById("check"), bar = document.getElementById("checkbar");
if (check && bar) {
  const language = check.dataset.language, beside = check.dataset.beside || "";
  const said = document.getElementById("said"), token = bar.elements["form-token"].value;
  const rows = () => [...check.querySelectorAll(".block")];
  const rowOf = node => node.closest?.(".block");
  const isOpen = row => row.dataset.state !== "right";
  // Only these can be approved as they are.
  const canBeRight = row => ["draft", "changed", "stale"].includes(row.dataset.state);
  const tell = text => { said.textContent = text; };
  // An open editor by the id of its block: the box, and what the words were.
  const editors = new Map();

  const showScripted = root => { for (const one of root.querySelectorAll("[data-script]")) one.hidden = false; };
  const progress = () => {
    const all = rows(), right = all.filter(row => !isOpen(row)).length;
    document.getElementById("progress").textContent = right === all.length
      ? `All ${right} blocks are right.` : `${right} of ${all.length} blocks are right.`;
    document.getElementById("next-open").hidden = right === all.length;
    for (const section of check.querySelectorAll(".checked-section")) offer(section);
  };
  const go = row => {
    const pair = row.querySelector(".pair");
    pair.focus({preventScroll: true});
    row.scrollIntoView({block: "center"});
  };
  const step = (row, by) => {
    const all = rows(), at = all.indexOf(row);
    const next = all[at + by];
    if (next) go(next);
  };
  const nextOpen = row => {
    const all = rows(), at = all.indexOf(row) + 1;
    return [...all.slice(at), ...all.slice(0, at)].find(one => isOpen(one) && one !== row);
  };
  const goOn = row => {
    const next = nextOpen(row);
    if (next) go(next);
    else bar.querySelector("a").focus();
  };

  const send = async (address, fields) => {
    const data = new URLSearchParams([["form-token", token], ["beside", beside], ...fields]);
    try {
      const answer = await fetch(address, {method: "POST", body: data});
      return {status: answer.status, ...(await answer.json())};
    } catch {
      return {status: 0, rows: {}, act: 0, said: "", trouble: "Studio does not answer. Is it still running? What you typed is still on this page."};
    }
  };
  // The blocks that changed. The markup is from Studio's own template, which escapes every text.
  const show = told => {
    for (const [id, html] of Object.entries(told.rows)) {
      const old = document.getElementById(id);
      if (!old) continue;
      const made = new DOMParser().parseFromString(html, "text/html").querySelector(".block");
      old.replaceWith(made);
      editors.delete(id);
      showScripted(made);
      watch(made);
    }
    if (told.act) {
      bar.elements.act.value = told.act;
      document.getElementById("undo").hidden = false;
    }
    progress();
  };
  const problem = (row, text, who = false) => {
    row.querySelector(".problem")?.remove();
    tell("");
    const box = document.createElement("p");
    Object.assign(box, {className: "problem", textContent: text});
    box.setAttribute("role", "alert");
    if (who) {
      // The sitting has ended. In another window, so that nothing typed here is lost.
      const link = document.createElement("a");
      Object.assign(link, {href: `/translations/${language}#who`, target: "_blank", textContent: "Say who you are in a new window"});
      box.append(" ", link, ", then press the button here again.");
    }
    row.querySelector(".foot").before(box);
    box.scrollIntoView({block: "center"});
  };

  // One answer on one block.
  let busy = false;
  const answer = async (row, fields) => {
    if (busy) return;
    busy = true;
    const id = row.id, kept = editors.get(id), why = row.querySelector("textarea[name=comment]")?.value || "";
    const told = await send(`${row.dataset.address}/row`, fields);
    busy = false;
    const action = Object.fromEntries(fields).action;
    if (!told.trouble) {
      show(told);
      tell(told.said);
      const now = document.getElementById(id);
      if (action === "withdraw" || action === "answer") go(now);
      else goOn(now);
      return;
    }
    if (told.act || told.status === 409) show(told);
    const now = document.getElementById(id);
    problem(now, told.trouble, told.who);
    // What was typed stays: the words in the box, and the reason.
    if (kept && now !== row) open(now, [...kept.box.childNodes], told.status === 409);
    else if (kept) kept.box.focus();
    if (why && now !== row) {
      const ask = now.querySelector(".ask");
      ask.open = true;
      ask.querySelector("textarea").value = why;
    }
  };
  const formFields = (row, action) => {
    const form = row.querySelector(".foot > form");
    const fields = [...new FormData(form)].filter(([name]) => !["form-token", "whole", "action"].includes(name));
    return [...fields, ["action", action]];
  };
  check.addEventListener("submit", event => {
    const row = rowOf(event.target);
    event.preventDefault();
    if (!row) { undo(); return; }
    const action = event.submitter?.value;
    if (action === "withdraw") answer(row, [["action", "withdraw"], ["act", event.target.elements.act.value]]);
    else answer(row, formFields(row, action));
  });
  const undo = async () => {
    if (bar.elements.act.value === "0" || busy) return;
    busy = true;
    const told = await send(bar.action, [["act", bar.elements.act.value]]);
    busy = false;
    tell(told.trouble || told.said);
    if (told.trouble) return;
    bar.elements.act.value = "0";
    document.getElementById("undo").hidden = true;
    show(told);
    const first = rows().find(row => row.id in told.rows);
    if (first) go(first);
  };
  document.getElementById("next-open").addEventListener("click", () => {
    const row = rowOf(document.activeElement);
    goOn(row || rows()[rows().length - 1]);
  });

  // The words of a block in place: what can be typed over, and fields that can only be moved.
  const pieces = (node, inBold = false) => {
    const found = [];
    for (const one of node.childNodes) {
      if (one.nodeType === Node.TEXT_NODE) {
        const text = one.data.replaceAll("\u200b", "");
        if (typeof found.at(-1) === "string") found.push(found.pop() + text);
        else if (text) found.push(text);
      } else if (one.nodeType !== Node.ELEMENT_NODE) continue;
      else if (one.dataset.field) found.push({field: one.dataset.field});
      else if (/^(B|STRONG)$/.test(one.tagName) && !inBold) {
        const inside = pieces(one, true);
        if (inside.length) found.push({bold: inside});
      } else found.push(...pieces(one, inBold));
    }
    return found;
  };
  const written = box => JSON.stringify(pieces(box));
  const isDirty = editor => written(editor.box) !== editor.before;
  const fieldsOf = node => [...node.querySelectorAll("[data-field]")].map(one => one.dataset.field);
  const button = (text, press, className = "second small") => {
    const made = document.createElement("button");
    Object.assign(made, {type: "button", className, textContent: text});
    // A click must not take the cursor out of the box.
    made.addEventListener("mousedown", event => event.preventDefault());
    made.addEventListener("click", press);
    return made;
  };

  const open = (row, nodes, keepShown = false) => {
    if (!row.dataset.address) return;
    if (editors.has(row.id)) { editors.get(row.id).box.focus(); return; }
    const theirs = row.querySelector(".theirs"), english = row.querySelector(".said");
    const panel = document.createElement("div"), box = document.createElement("div");
    panel.className = "editor";
    box.className = theirs.className;
    box.classList.remove("theirs", "empty");
    Object.assign(box, {lang: theirs.lang, dir: theirs.dir, contentEditable: "true", spellcheck: true});
    box.setAttribute("role", "textbox");
    box.setAttribute("aria-multiline", "true");
    box.setAttribute("aria-label", "The translation");
    const before = written(theirs);
    box.append(...(nodes || [...theirs.cloneNode(true).childNodes]));
    for (const one of box.querySelectorAll("[data-field]")) fix(one);
    theirs.hidden = !keepShown;
    const listed = document.createElement("div");
    listed.setAttribute("role", "status");
    const editor = {row, box, before, listed, range: null, count: fieldsOf(box).length};
    const tools = document.createElement("p"), ends = document.createElement("p");
    tools.className = ends.className = "buttons";
    tools.append(button("Bold", () => bold(editor)));
    for (const name of new Set(fieldsOf(english))) {
      const text = english.querySelector(`[data-field="${CSS.escape(name)}"]`).textContent;
      tools.append(button(`Put ${text} at the cursor`, () => place(editor, name, text)));
    }
    ends.append(
      button("Save", () => save(editor, "correct"), "small"),
      button("Only suggest it", () => save(editor, "unsure")),
      button("Cancel", () => close(editor)),
    );
    panel.append(box, tools, listed, ends);
    theirs.after(panel);
    editors.set(row.id, editor);
    row.classList.add("is-open");
    row.querySelector(":scope > .findings")?.setAttribute("hidden", "");
    listen(editor);
    box.focus();
    getSelection().selectAllChildren(box);
    getSelection().collapseToEnd();
    if (nodes) look(editor);
  };
  const close = editor => {
    const {row} = editor;
    editors.delete(row.id);
    row.classList.remove("is-open");
    row.querySelector(".editor").remove();
    row.querySelector(".problem")?.remove();
    row.querySelector(".theirs").hidden = false;
    row.querySelector(":scope > .findings")?.removeAttribute("hidden");
    go(row);
  };
  const save = (editor, action) => {
    if (!isDirty(editor)) { problem(editor.row, "The words are as they were. Change them, or press Cancel."); return; }
    answer(editor.row, [...formFields(editor.row, action), ["runs", written(editor.box)]]);
  };
  const fix = chip => {
    chip.contentEditable = "false";
    chip.draggable = true;
  };
  const chip = (name, text) => {
    const made = document.createElement("bdi");
    Object.assign(made, {className: "value", textContent: text});
    made.dataset.field = name;
    fix(made);
    return made;
  };
  const rangeIn = editor => {
    const range = editor.range;
    if (range && editor.box.contains(range.commonAncestorContainer)) return range;
    const end = document.createRange();
    end.selectNodeContents(editor.box);
    end.collapse(false);
    return end;
  };
  const putAt = (editor, node, range) => {
    range.collapse(false);
    range.insertNode(node);
    const after = document.createRange();
    after.setStartAfter(node);
    after.collapse(true);
    editor.box.focus();
    getSelection().removeAllRanges();
    getSelection().addRange(after);
    editor.range = after.cloneRange();
    changed(editor);
  };
  // A field is moved, not doubled: the first one of its name goes to the cursor.
  const place = (editor, name, text) => {
    const there = editor.box.querySelector(`[data-field="${CSS.escape(name)}"]`);
    const range = rangeIn(editor).cloneRange();
    if (there && range.intersectsNode(there) && there.contains(range.startContainer)) return;
    putAt(editor, there || chip(name, text), range);
  };
  const bold = editor => {
    editor.box.focus();
    document.execCommand("styleWithCSS", false, "false");
    document.execCommand("bold");
    changed(editor);
  };
  const changed = editor => {
    const now = editor.box.querySelectorAll("[data-field]").length;
    // A number or a name that was typed over comes back at the end; the cursor stays.
    if (now < editor.count) {
      const names = fieldsOf(editor.box), missing = editor.last.filter(one => !names.includes(one.dataset.field))[0];
      if (missing) { editor.box.append(missing); changed(editor); return; }
    }
    editor.count = now;
    editor.last = [...editor.box.querySelectorAll("[data-field]")];
    clearTimeout(editor.timer);
    editor.timer = setTimeout(() => look(editor), 300);
  };
  const look = async editor => {
    const turn = editor.turn = (editor.turn || 0) + 1;
    const data = new URLSearchParams([["form-token", token], ["runs", written(editor.box)]]);
    let found;
    try {
      const answer = await fetch(`${editor.row.dataset.address}/check`, {method: "POST", body: data});
      if (!answer.ok || turn !== editor.turn) return;
      found = await answer.json();
    } catch { return; }
    const lines = found.filter(one => !one.looked_at).map(one => `${one.message} ${one.hint}`);
    if (lines.join("\n") === editor.said) return;
    editor.said = lines.join("\n");
    const list = document.createElement("ul");
    list.className = "findings";
    list.append(...lines.map(text => Object.assign(document.createElement("li"), {textContent: text})));
    editor.listed.replaceChildren(...(lines.length ? [list] : []));
  };
  const listen = editor => {
    const {box} = editor;
    editor.last = [...box.querySelectorAll("[data-field]")];
    let composing = false;
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { composing = false; changed(editor); });
    box.addEventListener("input", () => {
      const selection = getSelection();
      if (selection.rangeCount && box.contains(selection.anchorNode)) editor.range = selection.getRangeAt(0).cloneRange();
      if (!composing) changed(editor);
    });
    // A block is one line of text, and its only form is bold.
    box.addEventListener("beforeinput", event => {
      if (/^insert(Paragraph|LineBreak|FromPaste|FromDrop|.*List|HorizontalRule)$/.test(event.inputType) || /^format(?!Bold)/.test(event.inputType)) event.preventDefault();
    });
    box.addEventListener("paste", event => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(/\s*[\r\n]+\s*/g, " "));
    });
    let moving = null;
    box.addEventListener("dragstart", event => {
      moving = event.target.closest?.("[data-field]");
      if (moving) event.dataTransfer.setData("text/plain", moving.textContent);
    });
    box.addEventListener("dragend", () => { moving = null; });
    box.addEventListener("dragover", event => event.preventDefault());
    box.addEventListener("drop", event => {
      event.preventDefault();
      const spot = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      const range = spot ? document.createRange() : document.caretRangeFromPoint?.(event.clientX, event.clientY);
      if (spot) range.setStart(spot.offsetNode, spot.offset);
      if (!moving || !range || !box.contains(range.startContainer) || moving.contains(range.startContainer)) return;
      putAt(editor, moving, range);
    });
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    for (const editor of editors.values()) if (selection.rangeCount && editor.box.contains(selection.anchorNode)) editor.range = selection.getRangeAt(0).cloneRange();
  });
  addEventListener("beforeunload", event => {
    const typed = [...check.querySelectorAll("textarea")].some(one => one.value.trim());
    if (typed || [...editors.values()].some(isDirty)) event.preventDefault();
  });

  check.addEventListener("click", event => {
    const row = rowOf(event.target);
    if (!row) return;
    const use = event.target.closest(".use"), change = event.target.closest(".change"), theirs = event.target.closest(".theirs");
    if (use) {
      const words = use.parentElement.querySelector(".suggestion").cloneNode(true);
      if (editors.has(row.id)) close(editors.get(row.id));
      open(row, [...words.childNodes]);
    } else if (change || (theirs && getSelection().isCollapsed)) {
      if (change) event.preventDefault();
      open(row);
    }
  });
  // Keys mean something only while a block has the focus, or with Ctrl or Alt.
  check.addEventListener("keydown", event => {
    const row = rowOf(event.target), {key} = event, command = event.ctrlKey || event.metaKey;
    if (event.altKey && (key === "PageDown" || key === "PageUp")) {
      event.preventDefault();
      step(row || rows()[0], key === "PageDown" ? 1 : -1);
      return;
    }
    if (!row || !row.dataset.address) return;
    const editor = editors.get(row.id);
    if (editor && event.target === editor.box) {
      if (key === "Enter") { event.preventDefault(); if (command) save(editor, "correct"); }
      if (key === "Escape") { if (isDirty(editor)) problem(row, "You changed the words. Press Save, or Cancel."); else close(editor); }
      if (command && key.toLowerCase() === "b") { event.preventDefault(); bold(editor); }
      return;
    }
    if (command && key === "Enter") {
      event.preventDefault();
      if (event.target.matches("textarea")) answer(row, formFields(row, row.querySelector(".ask button").value));
      else if (!editor) row.querySelector("button[value=accept]")?.click();
    } else if (key === "Enter" && event.target.matches(".pair")) {
      event.preventDefault();
      open(row);
    }
  });

  // “Everything in this section is right” covers only the blocks whose translation was on screen for a moment.
  const seen = new Set(), timers = new Map();
  const offer = section => {
    const line = section.querySelector(".all-right"), waiting = [...section.querySelectorAll(".block")].filter(row => canBeRight(row) && !editors.has(row.id));
    const shown = waiting.filter(row => seen.has(row.dataset.place)), press = line.querySelector("button");
    line.hidden = waiting.length < 2;
    press.setAttribute("aria-disabled", String(!shown.length));
    const rest = waiting.length - shown.length;
    const text = !shown.length ? "Read the blocks above first" : !rest ? `All ${shown.length} open blocks above are right`
      : shown.length === 1 ? `The block above that I have seen is right (${rest} not seen yet)`
      : `The ${shown.length} blocks above that I have seen are right (${rest} not seen yet)`;
    if (press.textContent !== text) press.textContent = text;
    return shown;
  };
  const watcher = new IntersectionObserver(entries => {
    for (const {target, intersectionRatio, intersectionRect, rootBounds} of entries) {
      const row = rowOf(target);
      const visible = intersectionRatio > .97 || (rootBounds && intersectionRect.height > rootBounds.height * .6);
      if (!row || !visible) { clearTimeout(timers.get(target)); timers.delete(target); continue; }
      if (timers.has(target)) continue;
      timers.set(target, setTimeout(() => {
        if (document.visibilityState !== "visible") return;
        seen.add(row.dataset.place);
        offer(row.closest(".checked-section"));
      }, 1000));
    }
  }, {threshold: [0, .25, .5, .75, 1], rootMargin: "0px 0px -80px 0px"});
  const watch = row => watcher.observe(row.querySelector(".theirs"));
  for (const section of check.querySelectorAll(".checked-section")) {
    section.querySelector(".all-right button").addEventListener("click", async () => {
      const shown = offer(section);
      if (!shown.length || busy) return;
      busy = true;
      const told = await send(`/translations/${language}/section`, shown.map(row => ["seen", row.dataset.place]));
      busy = false;
      const last = [...section.querySelectorAll(".block")].at(-1).id;
      show(told);
      tell(told.trouble || told.said);
      if (!told.trouble) goOn(document.getElementById(last));
    });
  }

  showScripted(check);
  document.getElementById("undo").hidden = true;
  for (const row of rows()) watch(row);
  progress();
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && rowOf(named)) go(rowOf(named));
}
