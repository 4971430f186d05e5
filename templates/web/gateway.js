// The box that finds a language by its own name, its English name, or what people call it besides.
// What is typed stays on the page: nothing is stored or sent. Without this script, all names are there.
// Its room is there from the first paint, so that nothing moves.
document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var box = document.querySelector(".find"), input = box.querySelector("input"), said = box.querySelector("p");

  // Case, accents and vowel marks do not count, nor does which keyboard wrote the Arabic yeh and kaf.
  function words(text) {
    var folded = text.normalize("NFKD").toLowerCase()
      .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u200b-\u200f\u2066-\u2069]/g, "")
      .replace(/[\u0649\u06cc]/g, "\u064a").replace(/\u06a9/g, "\u0643").replace(/\u0131/g, "i");
    return folded.split(/[\s()\/,;.\-]+/).filter(Boolean);
  }
  // Chinese has no spaces between words, so what is typed in other letters may be anywhere in a name.
  function begins(word, typed) {
    var at = word.indexOf(typed);
    return at === 0 || (at > 0 && !/^[a-z]+$/.test(typed));
  }
  var rows = [].map.call(document.querySelectorAll(".languages li"), function (row) {
    var link = row.querySelector("a");
    return { row: row, link: link, words: words(row.textContent + " " + link.dataset.names) };
  });

  function found() {
    var typed = words(input.value);
    return rows.filter(function (one) {
      return typed.every(function (part) {
        return one.words.some(function (word) { return begins(word, part); });
      });
    });
  }
  function find() {
    var chosen = found(), none = !chosen.length, names = {};
    rows.forEach(function (one) { one.row.hidden = !none && chosen.indexOf(one) < 0; });
    document.querySelectorAll(".languages").forEach(function (list) {
      list.hidden = !list.querySelector("li:not([hidden])");
    });
    chosen.forEach(function (one) { names[one.link.hreflang] = true; });
    var count = Object.keys(names).length;
    if (!input.value.trim()) said.textContent = "";
    else if (none) said.textContent = "No guide has this name. All languages:";
    else said.textContent = count === 1 ? "1 language" : count + " languages";
  }
  input.addEventListener("input", find);
  input.addEventListener("keydown", function (event) {
    var chosen = event.key === "Enter" && input.value.trim() ? found() : [];
    if (chosen.length === 1) chosen[0].link.click();
  });
  // The browser may have kept what was typed before somebody came back.
  window.addEventListener("pageshow", find);
});
