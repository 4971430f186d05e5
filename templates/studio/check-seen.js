// “Everything in this section is correct” covers only the blocks whose translation was on screen for a moment.
"use strict";
import {afterChange, check, editors, goOn, language, onRow, rowOf, send, show, tell, turn} from "./check-page.js";

const LOOK = 1000; // milliseconds on screen after which a block counts as seen
const kept = `seen-${language}`, timers = new Map();
// A reload forgets nothing that was on screen; each block counts with its words, as they were.
const seen = new Set(JSON.parse(sessionStorage.getItem(kept) || "[]"));
// Only these can be approved as they are.
const canBeRight = row => ["draft", "changed", "stale"].includes(row.dataset.state);
const offer = section => {
  const line = section.querySelector(".all-right");
  const waiting = [...section.querySelectorAll(".block")].filter(row => canBeRight(row) && !editors.has(row.id));
  const shown = waiting.filter(row => seen.has(row.dataset.place)), press = line.querySelector("button");
  line.hidden = waiting.length < 2;
  press.setAttribute("aria-disabled", String(!shown.length));
  const rest = waiting.length - shown.length;
  const text = !shown.length ? "Read the blocks above first" : !rest ? `All ${shown.length} open blocks above are correct`
    : shown.length === 1 ? `The block above that I have seen is correct (${rest} not seen yet)`
    : `The ${shown.length} blocks above that I have seen are correct (${rest} not seen yet)`;
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
      sessionStorage.setItem(kept, JSON.stringify([...seen]));
      offer(row.closest(".checked-section"));
    }, LOOK));
  }
}, {threshold: [0, .25, .5, .75, 1], rootMargin: "0px 0px -80px 0px"});
const watch = row => watcher.observe(row.querySelector(".theirs"));
const sections = () => check.querySelectorAll(".checked-section");
export const listenForSections = () => {
  onRow.push(watch);
  afterChange.push(() => { for (const section of sections()) offer(section); });
  for (const section of sections()) {
    section.querySelector(".all-right button").addEventListener("click", async () => {
      const shown = offer(section);
      if (!shown.length || turn.busy) return;
      turn.busy = true;
      const told = await send(`/translations/${language}/section`, shown.map(row => ["seen", row.dataset.place]));
      turn.busy = false;
      const last = [...section.querySelectorAll(".block")].at(-1).id;
      show(told);
      tell(told.trouble || told.said);
      if (!told.trouble) goOn(document.getElementById(last));
    });
  }
};
