/** One question about the chosen words: an address, a language, a meaning. */

let count = 0;

/**
 * Ask for one line. Resolves with the answer, '' for "take it off", or null for "leave it".
 *
 * `question` has label, help, value, suggestions ([value, name] pairs) and check(value), which
 * returns the value to keep or ''.
 */
export function ask(question, labels) {
  const id = `rich-text-question-${(count += 1)}`;
  const dialog = element("dialog", { className: "rich-text-dialog" });
  const form = element("form", { method: "dialog" });
  const input = element("input", { id, type: "text", value: question.value, required: true });
  const label = element("label", { htmlFor: id, textContent: question.label });
  const help = element("p", { id: `${id}-help`, textContent: question.help });
  const buttons = element("div", { className: "rich-text-dialog__buttons" });
  const keep = element("button", { textContent: labels.set, value: "keep" });
  const cancel = element("button", { textContent: labels.cancel, value: "cancel" });
  const remove = element("button", { textContent: labels.remove, value: "remove" });
  cancel.formNoValidate = remove.formNoValidate = true;
  input.autocomplete = "off";
  input.setAttribute("aria-describedby", help.id);
  buttons.append(keep, cancel, ...(question.value ? [remove] : []));
  form.append(label, input, ...suggestions(question, input, id), help, buttons);
  dialog.append(form);
  document.body.append(dialog);
  const check = () => input.setCustomValidity(question.check(input.value) ? "" : question.help);
  input.addEventListener("input", check);
  check();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      const answers = { keep: question.check(input.value), remove: "" };
      resolve(answers[dialog.returnValue] ?? null);
    });
    dialog.showModal();
    input.select();
  });
}

function suggestions(question, input, id) {
  if (!question.suggestions) return [];
  const list = element("datalist", { id: `${id}-list` });
  for (const [value, name] of question.suggestions) {
    list.append(element("option", { value, label: name }));
  }
  input.setAttribute("list", list.id);
  return [list];
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
