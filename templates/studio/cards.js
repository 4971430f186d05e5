// The blocks of a guide. Every step works without this script. With it, bold is shown as bold, feedback comes while
// somebody types, a block is split at the cursor, and Alt with an arrow moves it.
"use strict";
const cardForm = document.getElementById("card-form");
if (cardForm) {
  const words = document.getElementById("words"), findings = document.getElementById("findings");
  const frame = document.getElementById("look");
  for (const hint of document.querySelectorAll("[data-plain]")) hint.hidden = true;

  // The words as families read them; the text area behind keeps them as they are saved.
  const box = document.createElement("div"), bar = document.createElement("p"), bold = document.createElement("button");
  const FIELD = /(\{[a-z][a-z0-9_]*\})/;
  const filled = (parent, text) => {
    for (const part of text.split(FIELD)) {
      if (!part) continue;
      if (!FIELD.test(part)) { parent.append(part); continue; }
      const mark = document.createElement("span");
      mark.className = "filled";
      mark.textContent = part;
      parent.append(mark);
    }
  };
  const show = () => {
    box.replaceChildren();
    words.value.trim().split("**").forEach((part, at) => {
      if (!part) return;
      const parent = at % 2 ? document.createElement("strong") : box;
      filled(parent, part);
      if (parent !== box) box.append(parent);
    });
  };
  const written = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replaceAll("\u00a0", " ");
    if (node.nodeName === "BR") return "\n";
    const inside = [...node.childNodes].map(written).join("");
    if (!/^(B|STRONG)$/.test(node.nodeName) || !inside.trim()) return /^(DIV|P)$/.test(node.nodeName) && node !== box ? `\n${inside}` : inside;
    // White space at the edge of bold words stays outside the stars.
    const [, before, middle, after] = inside.match(/^(\s*)([^]*?)(\s*)$/);
    return `${before}**${middle}**${after}`;
  };
  const store = () => { words.value = written(box).replaceAll("****", ""); };
  if ((words.value.split("**").length % 2) === 1) {
    Object.assign(box, {className: "rich", contentEditable: "true", spellcheck: true});
    for (const [name, value] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-describedby", "words-hint"]]) box.setAttribute(name, value);
    const label = cardForm.querySelector("label[for=words]");
    label.id = "words-label";
    box.setAttribute("aria-labelledby", "words-label");
    label.addEventListener("click", () => box.focus());
    Object.assign(bold, {type: "button", className: "second small", textContent: "Bold"});
    bold.addEventListener("mousedown", event => event.preventDefault());
    bold.addEventListener("click", () => { box.focus(); document.execCommand("bold"); store(); later(); });
    bar.append(bold);
    words.hidden = true;
    words.after(box, bar);
    show();
    // Only words are pasted, not the looks of another page.
    box.addEventListener("paste", event => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(/\s+/g, " "));
    });
    box.addEventListener("input", store);
  }

  // How easy the block is to read stands right below its words.
  const near = () => {
    const said = findings.querySelector(".ease");
    document.getElementById("ease")?.remove();
    if (!said) return;
    said.id = "ease";
    (bar.isConnected ? bar : words).after(said);
  };
  near();

  let timer = 0, latest = 0;
  const update = async () => {
    timer = 0;
    const number = ++latest, data = new URLSearchParams(new FormData(cardForm));
    if (cardForm.querySelector("[value=insert]")) data.set("action", "insert");
    const answer = await fetch(cardForm.dataset.look, {method: "POST", body: data}).catch(() => null);
    // Only the answer to the latest request counts.
    if (!answer?.ok || number !== latest) return;
    // The markup is from Studio's own template, which escapes every text.
    findings.innerHTML = await answer.text();
    near();
    frame.src = frame.src.split("?")[0] + "?now=" + Date.now();
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(update, 500); };
  cardForm.addEventListener("input", later);
  cardForm.addEventListener("change", later);

  // Whoever follows a link at once loses no word: what was typed is kept first.
  addEventListener("click", async event => {
    const link = event.target.closest("a[href^='/']");
    if (!link || !timer || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearTimeout(timer);
    await update();
    location.href = link.href;
  });

  // “Split here” splits at the cursor: an empty line says where.
  cardForm.addEventListener("submit", event => {
    clearTimeout(timer);
    latest++;
    if (event.submitter?.value !== "split" || !box.isConnected || /\n\s*\n/.test(words.value.trim())) return;
    const chosen = getSelection();
    if (!chosen.rangeCount || !box.contains(chosen.anchorNode)) return;
    const cut = document.createTextNode("\n\n"), range = chosen.getRangeAt(0);
    range.collapse(true);
    range.insertNode(cut);
    // No word is cut in two: the second block begins with the whole word, and never with a comma or full stop.
    words.value = written(box).replace(/([\p{L}\p{M}\p{N}'’]+)\n\n(?=[\p{L}\p{M}\p{N}])/u, "\n\n$1").replace(/\n\n([,.;:!?…”’]+)/, "$1\n\n");
    cut.remove();
  });
  addEventListener("keydown", event => {
    const value = event.altKey && !event.ctrlKey && {ArrowUp: "up", ArrowDown: "down"}[event.key];
    const button = value && cardForm.querySelector(`button[value=${value}]`);
    if (button) { event.preventDefault(); button.click(); }
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); cardForm.querySelector("[value=save],[value=insert]").click(); }
  });
}
