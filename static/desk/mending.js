/** “Edit” brings the form of its page into the unit; leaving it as it was takes the form away. */

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-mend], a[data-cancel]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const unit = link.closest(".unit");
  if (!unit) return;
  event.preventDefault();
  if (link.matches("[data-cancel]")) close(unit);
  else if (!unit.querySelector(".mending")) open(unit, link);
});

async function open(unit, link) {
  try {
    const response = await fetch(link.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const form = page.querySelector(".mending");
    if (!form) throw new Error("no form");
    unit.querySelector(".unit__target > .text").hidden = true;
    unit.querySelector(".unit__target").append(document.adoptNode(form));
    form.querySelector("textarea").focus();
  } catch {
    location.assign(link.href);
  }
}

function close(unit) {
  unit.querySelector(".mending").remove();
  unit.querySelector(".unit__target > .text").hidden = false;
  unit.querySelector("[data-mend]").focus();
}
