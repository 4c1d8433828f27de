/**
 * Words that somebody selected in a unit go into the form that is opened next in that unit: as
 * a quotation to be seen, and in its hidden fields.
 */

let latest = null;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const node = range.commonAncestorContainer;
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const place = element.closest(".unit__source, .unit__target .text");
  const unit = place?.closest(".unit");
  if (!unit || element.closest(".talk, .deciding, .remark, .edited")) return;
  const side = place.matches(".unit__source") ? "source" : "target";
  const before = document.createRange();
  before.setStart(place, 0);
  before.setEnd(range.startContainer, range.startOffset);
  latest = { unit, side, quote: wordsIn(range), near: wordsIn(before).length };
});

// “toggle” does not bubble.
document.addEventListener(
  "toggle",
  (event) => {
    const fold = event.target;
    if (fold.open && fold.matches("[data-returning], [data-remark]")) quote(fold);
  },
  true,
);

/** What stands there now: neither what a comparison says went, nor what only is read out. */
function wordsIn(range) {
  const part = range.cloneContents();
  for (const label of part.querySelectorAll("del, .visually-hidden")) label.remove();
  return part.textContent.replace(/\s+/g, " ").trimStart();
}

/** Put the selected words of a unit into one of its forms; the same words only once. */
export function quote(fold) {
  const unit = fold.closest(".unit");
  if (!latest || latest.unit.id !== unit.id || !latest.quote.trim()) return;
  const form = fold.querySelector("form");
  form.querySelector("[data-side]").value = latest.side;
  form.querySelector("[data-quote]").value = latest.quote.trim();
  const near = form.querySelector("[data-near]");
  if (near) near.value = latest.near;
  const shown = form.querySelector("[data-shown]");
  shown.textContent = latest.quote.trim();
  shown.hidden = false;
  latest = null;
}
