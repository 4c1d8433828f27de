/**
 * Forms with data-in-place are sent without leaving the page. Of the page that answers, the
 * elements with the ids named there take the place of those here; without this script the
 * browser shows that page instead. What was typed into other fields of those elements stays.
 */
import "./selecting.js";

const words = JSON.parse(document.getElementById("desk-words").textContent);

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-in-place]");
  if (!form) return;
  event.preventDefault();
  send(form, event.submitter);
});

async function send(form, submitter) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  tell(form, words.saving);
  try {
    const response = await fetch(submitter?.getAttribute("formaction") ?? form.action, {
      method: "POST",
      body: fieldsOf(form),
      headers: { Accept: "text/html" },
      credentials: "same-origin",
    });
    take(form, response, await response.text());
  } catch {
    tell(form, words.offline);
  } finally {
    delete form.dataset.sending;
  }
}

function fieldsOf(form) {
  const fields = new URLSearchParams(new FormData(form));
  // Signing in again changes the token, so the newest cookie counts, not the page's form.
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (cookie) fields.set("csrfmiddlewaretoken", cookie[1]);
  return fields;
}

function take(form, response, html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const told = answer.querySelector("main [role=alert], main .note--warning, main .plain__words, main .note");
  const replaced = form.dataset.inPlace.split(" ").filter((id) => replace(id, answer, form));
  if (!replaced.length) {
    const isSignedOut = answer.querySelector("input[name=password]");
    const said = told?.textContent.trim();
    tell(form, isSignedOut ? words.signed_out : (said ?? words.failed));
    return;
  }
  const here = document.getElementById(replaced[0]);
  if (told && (!response.ok || told.matches(".note--warning"))) tell(here, told.textContent.trim());
  if (here.matches("[tabindex]")) here.focus({ preventScroll: true });
  else here.querySelector("summary")?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("replaced-in-place"));
}

function replace(id, answer, sent) {
  const [old, fresh] = [document.getElementById(id), answer.getElementById(id)];
  if (!old || !fresh) return false;
  for (const field of old.querySelectorAll("textarea")) {
    if (field.form === sent || field.value === field.defaultValue) continue;
    const action = CSS.escape(field.form.getAttribute("action"));
    const same = fresh.querySelector(`form[action="${action}"] [name="${field.name}"]`);
    if (!same) continue;
    same.value = field.value;
    same.closest("details")?.setAttribute("open", "");
  }
  old.replaceWith(document.adoptNode(fresh));
  return true;
}

function tell(place, text) {
  let line = place.querySelector(":scope > .told");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "told" });
    line.setAttribute("role", "status");
    place.append(line);
  }
  line.textContent = text;
}
