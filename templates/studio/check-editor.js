// One block opened in place: the words as they appear, with numbers and names that can only be moved.
"use strict";
import {answer, formFields} from "./check-answers.js";
import {editors, go, problem, token} from "./check-page.js";
import {chip, fieldsOf, fix, written} from "./check-words.js";

export const isDirty = editor => written(editor.box) !== editor.before;
const button = (text, press, className = "second small") => {
  const made = document.createElement("button");
  Object.assign(made, {type: "button", className, textContent: text});
  // A click must not take the cursor out of the box.
  made.addEventListener("mousedown", event => event.preventDefault());
  made.addEventListener("click", press);
  return made;
};

export const open = (row, nodes, keepShown = false) => {
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
  const stays = document.createElement("p");
  stays.className = "stays";
  stays.setAttribute("role", "status");
  const editor = {row, box, before, listed, stays, range: null, count: fieldsOf(box).length};
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
    button("Cancel", () => leave(editor)),
  );
  panel.append(box, stays, tools, listed, ends);
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
export const close = editor => {
  const {row} = editor;
  editors.delete(row.id);
  row.classList.remove("is-open");
  row.querySelector(".editor").remove();
  row.querySelector(".problem")?.remove();
  row.querySelector(".theirs").hidden = false;
  row.querySelector(":scope > .findings")?.removeAttribute("hidden");
  go(row);
};
// Words that were changed are not thrown away without asking.
export const leave = editor => {
  if (!isDirty(editor) || editor.kept === written(editor.box)) { close(editor); return; }
  problem(editor.row, "You changed the words, and they are not saved. ", [
    button("Go on writing", () => { editor.row.querySelector(".problem").remove(); editor.box.focus(); }, "small"), " ",
    button("Throw my change away", () => close(editor)),
  ]);
  editor.row.querySelector(".problem button").focus();
};
export const save = (editor, action) => {
  if (!isDirty(editor)) { problem(editor.row, "The words are as they were. Change them, or press Cancel."); return; }
  answer(editor.row, [...formFields(editor.row, action), ["runs", written(editor.box)]]);
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
export const bold = editor => {
  editor.box.focus();
  document.execCommand("styleWithCSS", false, "false");
  document.execCommand("bold");
  changed(editor);
};
// The number or name that touches the cursor, before or after it; null where text does.
const besideCursor = (box, forward) => {
  const {anchorNode, anchorOffset, isCollapsed} = getSelection();
  if (!isCollapsed || !box.contains(anchorNode)) return null;
  const isText = anchorNode.nodeType === Node.TEXT_NODE;
  const rest = isText ? (forward ? anchorNode.data.slice(anchorOffset) : anchorNode.data.slice(0, anchorOffset)) : "";
  if (rest.replaceAll("\u200b", "")) return null;
  let node = isText ? anchorNode : null, next = isText ? null : anchorNode.childNodes[forward ? anchorOffset : anchorOffset - 1] || null;
  if (!isText && !next) node = anchorNode;
  for (let turns = 0; turns < 50; turns++) {
    if (!next) {
      while (node && node !== box && !(forward ? node.nextSibling : node.previousSibling)) node = node.parentNode;
      if (!node || node === box) return null;
      next = forward ? node.nextSibling : node.previousSibling;
    }
    if (next.dataset?.field) return next;
    if (next.nodeType === Node.TEXT_NODE && next.data.replaceAll("\u200b", "")) return null;
    const inner = forward ? next.firstChild : next.lastChild;
    if (inner) { next = inner; continue; }
    node = next;
    next = null;
  }
  return null;
};
const sayItStays = (editor, chip) => {
  editor.stays.textContent = `“${chip.textContent}” stays: families need it. To move it, put the cursor where it belongs, and press “Put ${chip.textContent} at the cursor”.`;
};
const changed = editor => {
  const now = editor.box.querySelectorAll("[data-field]").length;
  // A number or a name that was typed over comes back at the end; the cursor stays.
  if (now < editor.count) {
    const names = fieldsOf(editor.box), missing = editor.last.filter(one => !names.includes(one.dataset.field))[0];
    if (missing) { editor.box.append(missing); sayItStays(editor, missing); changed(editor); return; }
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
    const deletes = /^delete/.test(event.inputType), chip = deletes && besideCursor(box, /Forward/.test(event.inputType));
    if (chip) { event.preventDefault(); sayItStays(editor, chip); return; }
    editor.stays.textContent = "";
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
