// Others on the same page: at which block they are, and what they have saved. It asks only while the page is visible.
"use strict";
import {check, editors, language, onRow, progress, replaceRow, rowOf, rows, send} from "./check-page.js";

const PULSE = 10_000; // milliseconds
const page = crypto.randomUUID();
let stamp = "", timer = 0, at = "", others = {};
const here = () => {
  const row = rowOf(document.activeElement || document.body) || (editors.size ? document.getElementById([...editors.keys()].at(-1)) : null);
  return row?.id || "";
};
// A block that somebody is writing in, or has opened, stays as it is: saving it says what others saved.
const isInUse = row => editors.has(row.id) || row.contains(document.activeElement) && document.activeElement.matches("textarea")
  || [...row.querySelectorAll("textarea")].some(one => one.value.trim());
const mark = row => {
  const names = others[row.id] || [], old = row.querySelector(".present");
  const text = names.length ? `${names.join(" and ")} ${names.length > 1 ? "have" : "has"} this block open.` : "";
  if ((old?.textContent || "") === text) return;
  old?.remove();
  if (!text) return;
  const made = document.createElement("p");
  Object.assign(made, {className: "present", textContent: text});
  row.querySelector(".foot").before(made);
};
const ask = async () => {
  clearTimeout(timer);
  if (document.hidden) return;
  at = here();
  const versions = rows().map(row => ["version", `${row.id} ${row.dataset.version}`]);
  const told = await send(`/translations/${language}/present`, [["page", page], ["block", at], ["stamp", stamp], ...versions]);
  if (told.stamp) {
    ({stamp, others} = told);
    let changed = false, left = false;
    for (const [id, html] of Object.entries(told.rows)) {
      const row = document.getElementById(id);
      if (!row || isInUse(row)) { left = true; continue; }
      const focused = row.contains(document.activeElement);
      replaceRow(id, html);
      if (focused) document.getElementById(id).querySelector(".pair").focus({preventScroll: true});
      changed = true;
    }
    // Ask again for what was left alone.
    if (left) stamp = "";
    if (changed) progress();
    for (const row of rows()) mark(row);
  }
  clearTimeout(timer);
  timer = setTimeout(ask, PULSE);
};
export const listenForOthers = () => {
  onRow.push(mark);
  check.addEventListener("focusin", () => { if (here() !== at) { clearTimeout(timer); timer = setTimeout(ask, 400); } });
  document.addEventListener("visibilitychange", ask);
  ask();
};
