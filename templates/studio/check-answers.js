// Answers: on one block, and “Undo”.
"use strict";
import {bar, check, editors, go, goOn, language, problem, rowOf, rows, send, show, tell, turn} from "./check-page.js";
import {written} from "./check-words.js";

// Puts an editor back into a block that was shown anew, with what was typed. check.js sets it.
export const reopen = {editor: () => {}};
// The sitting has ended: in another window, so that nothing typed here is lost.
const sayWho = () => {
  const link = document.createElement("a");
  Object.assign(link, {href: `/translations/${language}#who`, target: "_blank", textContent: "Say who you are in a new window"});
  return [" ", link, ", then press the button here again."];
};
export const answer = async (row, fields) => {
  if (turn.busy) return;
  turn.busy = true;
  tell("Saving…");
  const id = row.id, kept = editors.get(id), why = row.querySelector("textarea[name=comment]")?.value || "";
  const told = await send(`${row.dataset.address}/row`, fields);
  turn.busy = false;
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
  problem(now, told.trouble, told.who ? sayWho() : []);
  // What was typed stays: the words in the box, and the reason.
  if (kept && now !== row) reopen.editor(now, [...kept.box.childNodes], told.status === 409);
  else if (kept) kept.box.focus();
  // A refused correction is kept as a suggestion: to leave it loses nothing.
  if (kept && told.act) editors.get(id).kept = written(editors.get(id).box);
  if (why && now !== row) {
    const ask = now.querySelector(".ask");
    ask.closest(".more")?.setAttribute("open", "");
    ask.open = true;
    ask.querySelector("textarea").value = why;
  }
};
export const formFields = (row, action) => {
  const form = row.querySelector(".foot > form");
  const fields = [...new FormData(form)].filter(([name]) => !["form-token", "whole", "action"].includes(name));
  return [...fields, ["action", action]];
};
const undo = async () => {
  if (bar.elements.act.value === "0" || turn.busy) return;
  turn.busy = true;
  const told = await send(bar.action, [["act", bar.elements.act.value]]);
  turn.busy = false;
  tell(told.trouble || told.said);
  if (told.trouble) return;
  bar.elements.act.value = "0";
  document.getElementById("undo").hidden = true;
  show(told);
  const first = rows().find(row => row.id in told.rows);
  if (first) go(first);
};
export const listenForAnswers = () => check.addEventListener("submit", event => {
  const row = rowOf(event.target);
  event.preventDefault();
  if (!row) { undo(); return; }
  const action = event.submitter?.value;
  if (action === "withdraw") answer(row, [["action", "withdraw"], ["act", event.target.elements.act.value]]);
  else answer(row, formFields(row, action));
});
