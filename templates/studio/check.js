// Checking a translation: one page with all blocks. Without this script each block has a page of its own.
// An answer is sent at once, the block shows its new state, and the next open block has the focus.
"use strict";
import {answer, formFields, listenForAnswers, reopen} from "./check-answers.js";
import {bold, close, isDirty, leave, open, save} from "./check-editor.js";
import {bar, check, editors, go, goOn, onRow, progress, rowOf, rows, showScripted, step} from "./check-page.js";
import {listenForOthers} from "./check-present.js";
import {listenForSections} from "./check-seen.js";

const listenForClicks = () => check.addEventListener("click", event => {
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
const listenForKeys = () => check.addEventListener("keydown", event => {
  const row = rowOf(event.target), {key} = event, command = event.ctrlKey || event.metaKey;
  if (event.altKey && (key === "PageDown" || key === "PageUp")) {
    event.preventDefault();
    step(row, key === "PageDown" ? 1 : -1);
    return;
  }
  if (!row || !row.dataset.address) return;
  const editor = editors.get(row.id);
  if (editor && event.target === editor.box) {
    if (key === "Enter") { event.preventDefault(); if (command) save(editor, "correct"); }
    if (key === "Escape") leave(editor);
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
// “Needs a change” opens its question, and the cursor is there at once.
const askAtOnce = row => row.querySelector(".ask")?.addEventListener("toggle", event => {
  if (event.target.open) event.target.querySelector("textarea").focus();
});

if (check && bar) {
  reopen.editor = open;
  onRow.push(askAtOnce);
  listenForAnswers();
  listenForClicks();
  listenForKeys();
  listenForSections();
  listenForOthers();
  addEventListener("beforeunload", event => {
    const typed = [...check.querySelectorAll("textarea")].some(one => one.value.trim());
    if (typed || [...editors.values()].some(isDirty)) event.preventDefault();
  });
  document.getElementById("next-open").addEventListener("click", () => goOn(rowOf(document.activeElement) || rows().at(-1)));
  showScripted(check);
  document.getElementById("undo").hidden = true;
  for (const row of rows()) for (const one of onRow) one(row);
  progress();
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && rowOf(named)) go(rowOf(named));
}
