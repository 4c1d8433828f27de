/**
 * <review-list> leads a reviewer through the units: one key approves a unit and goes to the next
 * that needs it, one opens the form to return it. Nothing here loads a page.
 */
import "./in-place.js";
import "./mending.js";
import { post } from "./saving.js";
import { quote } from "./selecting.js";

const words = JSON.parse(document.getElementById("desk-words").textContent);

class ReviewList extends HTMLElement {
  #current = null;
  #waiting = new Set();
  #sight = new IntersectionObserver((seen) => this.#see(seen), { rootMargin: "-40% 0px -55%" });

  connectedCallback() {
    const tools = document.querySelector("[data-tools]");
    if (!tools) return;
    tools.hidden = false;
    this.querySelector("[data-bar]").hidden = false;
    document.addEventListener("keydown", (event) => this.#key(event), true);
    document.addEventListener("submit", (event) => this.#pressed(event), true);
    document.addEventListener("replaced-in-place", () => this.#count());
    this.addEventListener("focusin", (event) => this.#turnTo(event.target.closest(".unit")));
    this.querySelector("[data-bar-approve]").addEventListener("click", () => this.#approve());
    this.querySelector("[data-bar-return]").addEventListener("click", () => this.#return());
    this.#count();
  }

  get #units() {
    return [...this.querySelectorAll(".unit")];
  }

  /** The unit that a key is about: where the focus is, else what is in sight, else the first. */
  get #unit() {
    const focused = document.activeElement?.closest(".unit");
    const known = this.#current?.isConnected ? this.#current : null;
    return focused ?? known ?? this.#units.find((unit) => "left" in unit.dataset) ?? this.#units[0];
  }

  #key(event) {
    const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
    const inField = event.target.closest("input, textarea, select, [contenteditable=true]");
    const inUnit = event.target.closest(".unit");
    const act =
      (key === "Enter" && shiftKey && (ctrlKey || metaKey) && (() => this.#forward(event))) ||
      (code === "KeyR" && altKey && (() => this.#return())) ||
      (code === "KeyE" && altKey && (() => this.#unit?.querySelector("[data-mend]")?.click())) ||
      (code === "KeyQ" && altKey && (() => this.#open("[data-remark]"))) ||
      (key === "r" && !inField && inUnit && !ctrlKey && !metaKey && (() => this.#return())) ||
      (key === "ArrowDown" && altKey && (() => this.#step(1))) ||
      (key === "ArrowUp" && altKey && (() => this.#step(-1))) ||
      (key === "?" && !inField && (() => this.#help()));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** After the last unit the same key presses the button that approves the whole. */
  #forward(event) {
    const whole = document.activeElement?.closest("[data-approve-all]");
    if (whole) whole.click();
    else if (!event.repeat) this.#approve();
  }

  async #pressed(event) {
    const form = event.target;
    if (form.matches("[data-approve]")) {
      event.preventDefault();
      this.#approve(form.closest(".unit"));
    } else if (form.matches("#verdict") && this.#waiting.size) {
      event.preventDefault();
      await Promise.all(this.#waiting);
      form.requestSubmit(event.submitter);
    }
  }

  #approve(unit = this.#unit) {
    const form = unit.querySelector("[data-approve]");
    const isOpen = form && !form.hidden;
    if (isOpen) {
      const sending = this.#send(unit, form).finally(() => this.#waiting.delete(sending));
      this.#waiting.add(sending);
    }
    const units = this.#units;
    const place = units.indexOf(unit);
    const rest = [...units.slice(place + 1), ...units.slice(0, place)];
    const next = rest.find((one) => "left" in one.dataset);
    if (next) this.#goTo(next);
    else this.#offerTheWhole();
  }

  async #send(unit, form) {
    const wasLeft = "left" in unit.dataset;
    delete unit.dataset.left;
    form.hidden = true;
    const { kind, answer } = await post(form.action, Object.fromEntries(new FormData(form)));
    if (kind !== "saved" || !answer.status) {
      unit.toggleAttribute("data-left", wasLeft);
      form.hidden = false;
      this.#problem(unit, answer.refusal ?? words[kind] ?? words.failed);
      return;
    }
    unit.dataset.status = answer.status;
    unit.querySelector("[data-status-words]").textContent = answer.status_words;
    unit.querySelector("[data-approved]").textContent = answer.approved;
    unit.querySelector("[data-unapprove]").hidden = false;
    for (const gone of unit.querySelectorAll(".objection, [data-keep], .told")) gone.remove();
    this.#count();
  }

  #return() {
    const fold = this.#open("[data-returning]");
    if (fold) quote(fold);
  }

  #open(selector) {
    const fold = this.#unit?.querySelector(selector);
    if (!fold) return null;
    fold.open = true;
    fold.querySelector("select, textarea").focus();
    return fold;
  }

  #step(by) {
    const units = this.#units;
    this.#goTo(units[units.indexOf(this.#unit) + by]);
  }

  #goTo(unit) {
    unit?.focus({ preventScroll: true });
    unit?.scrollIntoView({ block: "center" });
  }

  #offerTheWhole() {
    const verdict = document.getElementById("verdict");
    const button = verdict.querySelector("[data-approve-all]:not([disabled])");
    (button ?? verdict).focus({ preventScroll: true });
    verdict.scrollIntoView({ block: "center" });
    this.querySelector("[data-announce]").textContent = words.all;
  }

  #problem(unit, text) {
    const line = this.querySelector("[data-problem]");
    line.textContent = text;
    line.hidden = false;
    unit.querySelector(".unit__under").prepend(line);
    this.#goTo(unit);
  }

  #see(seen) {
    const entry = seen.find((one) => one.isIntersecting);
    if (entry) this.#turnTo(entry.target);
  }

  #turnTo(unit) {
    if (!unit) return;
    this.#current = unit;
    this.querySelector("[data-bar-unit]").textContent = unit.querySelector(".unit__label").textContent;
  }

  #count() {
    const units = this.#units;
    for (const unit of units) this.#sight.observe(unit);
    const approved = units.filter((unit) => unit.dataset.status === "approved").length;
    document.querySelector("[data-approved-number]").textContent = approved;
    document.querySelector("[data-approved-bar]").value = approved;
  }

  #help() {
    const help = document.querySelector("[data-help]");
    help.open = !help.open;
    help.querySelector("summary").focus();
  }
}

customElements.define("review-list", ReviewList);
