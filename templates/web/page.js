// What the page can do where scripts run: leave at once, copy its address, and read itself aloud.
// It stores nothing, asks for nothing, and the page is whole without it.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var root = document.documentElement, exit = document.querySelector(".exit"), presses = [];

  function leave(event) {
    if (event) event.preventDefault();
    document.body.hidden = true;
    // The Back button does not lead here again.
    window.location.replace(exit.href);
  }
  document.querySelectorAll('a[href="' + exit.getAttribute("href") + '"]').forEach(function (link) {
    link.addEventListener("click", leave);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { presses = []; return; }
    presses = presses.concat(event.timeStamp).slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < 3000) leave();
  });
  document.querySelector(".exit-key").hidden = false;

  // On paper everything is open; afterwards it is as it was. Newer browsers need the style sheet only.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.slice.call(document.querySelectorAll("main details:not([open])"));
    opened.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
  });
  function unfold() {
    var place = document.getElementById(window.location.hash.slice(1)), part = place && place.closest("details");
    if (part) part.open = true;
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  var copy = document.querySelector(".copy");
  if (copy && navigator.clipboard && navigator.clipboard.writeText) {
    var label = copy.querySelector("span"), words = label.innerHTML;
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(window.location.href.split("#")[0]).then(function () {
        label.textContent = copy.dataset.copied;
        setTimeout(function () { label.innerHTML = words; }, 4000);
      }, function () { copy.hidden = true; });
    });
  }

  var speech = window.speechSynthesis, button = document.querySelector(".listen");
  if (!speech || !window.SpeechSynthesisUtterance || !button) return;
  var wanted = button.dataset.voices.toLowerCase().split(" ");
  var queue = [], current = null, session = 0, said = null;

  // Only voices on the device itself: others send the text to a company.
  function voiceFor(tags) {
    var voices = speech.getVoices().filter(function (voice) { return voice.localService; });
    for (var i = 0; i < tags.length; i++) for (var j = 0; j < voices.length; j++) {
      var tag = voices[j].lang.toLowerCase().replace(/_/g, "-");
      if (tag === tags[i] || tag.indexOf(tags[i] + "-") === 0) return voices[j];
    }
    return null;
  }
  function offer() { button.hidden = !voiceFor(wanted); }

  function mark(block) {
    if (current) current.classList.remove("reading");
    current = block;
    if (!block) return;
    var folded = block.closest("details");
    if (folded) folded.open = true;
    block.classList.add("reading");
    var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    block.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
  function stop() {
    // What still ends belongs to the past.
    session += 1;
    queue = [];
    speech.cancel();
    mark(null);
    button.textContent = button.dataset.start;
  }
  function next(mine) {
    if (mine !== session) return;
    var part = queue.shift();
    if (!part) return stop();
    var voice = voiceFor(part.tags);
    if (!voice) return next(mine);
    // Kept, or some browsers forget it before it ends.
    said = new SpeechSynthesisUtterance(part.text);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = 0.9;
    said.onend = function () { next(mine); };
    said.onerror = function () { if (mine === session) stop(); };
    if (current !== part.block) mark(part.block);
    speech.speak(said);
  }
  function start() {
    stop();
    document.querySelectorAll("#guide :is(h1, h2, h3, p, li, summary)").forEach(function (block) {
      if (block.closest("[data-quiet]")) return;
      var english = block.lang === "en" && root.lang !== "en";
      // Sentence by sentence: some browsers break off a long text.
      (block.textContent.match(/[^.!?\u061f\u06d4\u0964\u1362\u3002\uff01\uff1f]+[^\s]*\s*/g) || []).forEach(function (text) {
        if (text.trim()) queue.push({ block: block, text: text.trim(), tags: english ? ["en-gb", "en"] : wanted });
      });
    });
    button.textContent = button.dataset.stop;
    next(session);
  }
  button.addEventListener("click", function () { if (current) stop(); else start(); });
  window.addEventListener("pagehide", stop);
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
});
