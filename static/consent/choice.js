// The banner without a page load, optional scripts after a yes, and tidying up after a no.
const root = document.documentElement;
const { cookie, purposes } = JSON.parse(document.getElementById("consent-register").textContent);
const banner = document.getElementById("consent");
const part = (name) => banner.querySelector(`[data-part="${name}"]`);
const isAllowed = (name) => root.dataset.allows.split(" ").includes(name);

// <template data-purpose="analytics"> holds what may only run, or load, after a yes.
function start() {
  for (const template of document.querySelectorAll("template[data-purpose]")) {
    if (isAllowed(template.dataset.purpose)) {
      template.replaceWith(document.importNode(template.content, true));
    }
  }
}

function matches(pattern, name) {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

// A cookie is deleted only at the address it was set for: this host or any parent domain.
function domains(extra) {
  const labels = location.hostname.split(".");
  const parents = /^[\d.]+$|^\[/.test(location.hostname)
    ? []
    : labels.slice(0, -1).map((_, start) => labels.slice(start).join("."));
  return ["", ...parents, ...(extra ? [extra] : [])];
}

function expire({ name: pattern, path, domain }) {
  for (const pair of document.cookie.split("; ")) {
    const name = pair.split("=")[0];
    if (name === cookie || !matches(pattern, name)) continue;
    for (const place of domains(domain)) {
      for (const folder of new Set(["/", path])) {
        document.cookie = `${name}=; Max-Age=0; Path=${folder}${place && `; Domain=${place}`}`;
      }
    }
  }
}

function clear({ name: pattern }) {
  for (const area of ["localStorage", "sessionStorage"]) {
    try {
      const keys = Object.keys(window[area]).filter((key) => matches(pattern, key));
      keys.forEach((key) => window[area].removeItem(key));
    } catch {
      // The browser keeps storage from this page: then there is nothing of ours in it.
    }
  }
}

function sweep() {
  for (const { name, items } of purposes) {
    if (isAllowed(name)) continue;
    for (const item of items) (item.kind === "storage" ? clear : expire)(item);
  }
}

function apply() {
  start();
  sweep();
}

function showSaved() {
  part("question").hidden = true;
  part("saved").hidden = false;
  // While this is set the banner stays, although the choice is made.
  banner.dataset.state = "saved";
  part("saved").querySelector("[role=status]").focus();
}

function showError() {
  part("error").hidden = false;
  part("error").focus();
}

function close() {
  delete banner.dataset.state;
  const main = document.querySelector("main");
  if (!main) return;
  if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
  main.focus({ preventScroll: true });
}

// A disabled button would drop the focus, so a second press is ignored instead.
let isBusy = false;

async function decide(event) {
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  part("error").hidden = true;
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  body.append("choice", event.submitter ? event.submitter.value : form.querySelector("button").value);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      // The reader may leave at once; the choice must arrive all the same.
      keepalive: true,
    });
    dispatchEvent(new Event("consent"));
    // A browser that keeps no cookies would ask for ever, so it is told the truth.
    if (!answer.ok || root.dataset.choice !== "decided") throw new Error(answer.status);
    showSaved();
  } catch {
    showError();
  }
  isBusy = false;
}

for (const name of ["consent", "pageshow", "focus", "visibilitychange"]) addEventListener(name, apply);
apply();
if (banner) {
  banner.addEventListener("submit", decide);
  part("close").addEventListener("click", close);
  for (const box of banner.querySelectorAll("[type=checkbox]")) {
    box.checked = isAllowed(box.name.slice(2));
  }
}
