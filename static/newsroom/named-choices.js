/**
 * Names the admin's choices found by typing after their labels: what the library puts in their
 * place has no name of its own that a screen reader could say.
 */
function name(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  if (!label || !box) return;
  label.id ||= `${select.id}_label`;
  const chosen = box.querySelector("[id$=-container]");
  box.removeAttribute("aria-label");
  box.setAttribute("aria-labelledby", [label.id, chosen?.id].filter(Boolean).join(" "));
  chosen?.setAttribute("aria-labelledby", label.id);
  box.querySelector("input")?.setAttribute("aria-labelledby", label.id);
}

window.django?.jQuery?.(() => {
  document.querySelectorAll("select.admin-autocomplete").forEach(name);
});
