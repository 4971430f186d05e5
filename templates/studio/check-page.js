// The page with all blocks: its parts, the way from one block to the next, and what is said at the foot.
"use strict";
export const check = document.getElementById("check"), bar = document.getElementById("checkbar");
export const language = check.dataset.language, beside = check.dataset.beside || "";
export const token = bar?.elements["form-token"].value;
export const rows = () => [...check.querySelectorAll(".block")];
export const rowOf = node => node.closest?.(".block");
export const isOpen = row => row.dataset.state !== "right";
export const tell = text => { document.getElementById("said").textContent = text; };
// An open editor by the id of its block.
export const editors = new Map();
export const showScripted = root => { for (const one of root.querySelectorAll("[data-script]")) one.hidden = false; };
// What has to look again after blocks have changed. Each module adds its part.
export const afterChange = [];
export const progress = () => {
  const all = rows(), right = all.filter(row => !isOpen(row)).length;
  document.getElementById("progress").textContent = right === all.length
    ? `All ${right} blocks are correct.` : `${right} of ${all.length} blocks are correct.`;
  document.getElementById("next-open").hidden = right === all.length;
  const count = document.querySelector(".parts-of [aria-current] .count");
  if (count) count.textContent = `${right} of ${all.length} correct`;
  for (const look of afterChange) look();
};
export const go = row => {
  row.querySelector(".pair").focus({preventScroll: true});
  row.scrollIntoView({block: "center"});
};
export const step = (row, by) => {
  const all = rows(), next = row ? all[all.indexOf(row) + by] : all[0];
  if (next) go(next);
};
const nextOpen = row => {
  const all = rows(), at = all.indexOf(row) + 1;
  return [...all.slice(at), ...all.slice(0, at)].find(one => isOpen(one) && one !== row);
};
export const goOn = row => {
  const next = nextOpen(row);
  if (next) go(next);
  else bar.querySelector("a").focus();
};
export const send = async (address, fields) => {
  const data = new URLSearchParams([["form-token", token], ["beside", beside], ...fields]);
  try {
    const answer = await fetch(address, {method: "POST", body: data});
    return {status: answer.status, ...(await answer.json())};
  } catch {
    return {status: 0, rows: {}, act: 0, said: "", trouble: "Studio does not answer. Is it still running? What you typed is still on this page."};
  }
};
// What each new row needs, by the module that needs it.
export const onRow = [];
// The markup is from Studio's own template, which escapes every text.
export const replaceRow = (id, html) => {
  const old = document.getElementById(id);
  if (!old) return;
  const made = new DOMParser().parseFromString(html, "text/html").querySelector(".block");
  old.replaceWith(made);
  editors.delete(id);
  showScripted(made);
  for (const one of onRow) one(made);
};
// The blocks that changed, and what “Undo” takes back.
export const show = told => {
  for (const [id, html] of Object.entries(told.rows)) replaceRow(id, html);
  if (told.act) {
    bar.elements.act.value = told.act;
    document.getElementById("undo").hidden = false;
  }
  progress();
};
export const problem = (row, text, more = []) => {
  row.querySelector(".problem")?.remove();
  tell("");
  const box = document.createElement("p");
  Object.assign(box, {className: "problem", textContent: text});
  box.setAttribute("role", "alert");
  box.append(...more);
  row.querySelector(".foot").before(box);
  box.scrollIntoView({block: "center"});
};
// One answer at a time.
export const turn = {busy: false};
