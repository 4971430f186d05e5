// The words of a block as the server reads them, and back: texts, numbers and names (“fields”), and bold.
"use strict";
export const pieces = (node, inBold = false) => {
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
export const written = box => JSON.stringify(pieces(box));
export const fieldsOf = node => [...node.querySelectorAll("[data-field]")].map(one => one.dataset.field);
// A field can be moved, and not typed over.
export const fix = chip => {
  chip.contentEditable = "false";
  chip.draggable = true;
};
export const chip = (name, text) => {
  const made = document.createElement("bdi");
  Object.assign(made, {className: "value", textContent: text});
  made.dataset.field = name;
  fix(made);
  return made;
};
