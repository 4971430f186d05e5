// The frame with a part of the page is as high as what it shows.
(() => {
  "use strict";
  const most = 16; // times the size of letters
  const fit = frame => {
    const body = frame.contentDocument?.body;
    if (!body?.firstElementChild) return;
    const letters = parseFloat(getComputedStyle(frame).fontSize);
    frame.style.blockSize = `${Math.min(Math.ceil(body.getBoundingClientRect().height) + 2, most * letters)}px`;
  };
  const fitAll = () => document.querySelectorAll(".place iframe").forEach(fit);
  // Frames load late, and a block that was answered has a new one. A load does not bubble.
  document.addEventListener("load", event => { if (event.target.matches?.(".place iframe")) fit(event.target); }, true);
  addEventListener("resize", fitAll);
  fitAll();
})();
