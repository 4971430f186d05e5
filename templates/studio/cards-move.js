// Blocks are dragged by a handle; the newsletter is folded on a phone. Both work without this script: an open block
// has buttons and a list of places, and the newsletter is open.
"use strict";
// What was done is said where it was done. The browser goes to the block of the address after this script.
const told = document.getElementById("told-here");
told?.focus();
if (told) addEventListener("load", () => { if (document.activeElement.contains(told)) told.focus(); });
const letter = document.getElementById("letter");
if (letter && !matchMedia("(min-width:900px)").matches && !location.hash.startsWith("#sentence-")) letter.open = false;
// The sentences of the open block are in view.
const marked = document.querySelector(".said-there .marked"), side = document.querySelector(".letter");
if (marked && side.scrollHeight > side.clientHeight) side.scrollTop = marked.getBoundingClientRect().top - side.getBoundingClientRect().top - 90;

const list = document.getElementById("blocks"), sender = document.getElementById("card-form") ?? document.getElementById("panel");
if (list && sender) {
  document.getElementById("drag-hint").hidden = false;
  const rows = [...list.querySelectorAll("[data-card]")];
  let moved = null, mark = null, drop = "", at = 0, frame = 0;

  const show = (row, where) => {
    mark?.classList.remove("drop-above", "drop-below");
    mark = row;
    mark?.classList.add(where);
  };
  // The place under the pointer: above a block is below whatever ends there, such as a box.
  const find = () => {
    const row = rows.find(one => at < one.getBoundingClientRect().bottom) ?? rows.at(-1);
    const box = row.getBoundingClientRect();
    const above = row.dataset.last || (row.dataset.above && at < (box.top + box.bottom) / 2);
    drop = above ? row.dataset.above : row.dataset.card;
    if (row.dataset.last === "inside" || drop === moved.dataset.card || row === moved) { drop = ""; show(null); return; }
    show(row, above ? "drop-above" : "drop-below");
  };
  // Near an edge of the window the page moves on.
  const scroll = () => {
    const edge = 70, by = at < edge ? at - edge : at > innerHeight - edge ? at - innerHeight + edge : 0;
    if (by) { scrollBy(0, by / 4); find(); }
    frame = requestAnimationFrame(scroll);
  };
  const end = () => {
    cancelAnimationFrame(frame);
    moved?.classList.remove("lifted");
    document.body.classList.remove("dragging");
    show(null);
    moved = null;
  };
  const send = (id, place) => {
    for (const [name, value] of [["action", "move"], ["moved", id], ["drop", place]]) {
      const field = document.createElement("input");
      Object.assign(field, {type: "hidden", name, value});
      sender.prepend(field);
    }
    sender.requestSubmit();
  };
  for (const row of rows.filter(one => one.dataset.moves)) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.title = "Drag to move";
    grip.setAttribute("aria-hidden", "true");
    row.querySelector(".about").prepend(grip);
    grip.addEventListener("pointerdown", event => {
      if (!event.isPrimary || event.button) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      moved = row;
      drop = "";
      at = event.clientY;
      row.classList.add("lifted");
      document.body.classList.add("dragging");
      frame = requestAnimationFrame(scroll);
    });
    grip.addEventListener("pointermove", event => {
      if (!moved) return;
      at = event.clientY;
      find();
    });
    grip.addEventListener("pointerup", () => {
      const id = moved?.dataset.card, place = drop;
      end();
      if (id && place) send(id, place);
    });
    grip.addEventListener("pointercancel", end);
  }
  addEventListener("keydown", event => { if (event.key === "Escape") end(); });
}
