/**
 * <unit-editor> saves the form inside it while somebody writes.
 *
 * It never moves the caret and never writes into the field on its own: another text comes in only
 * when a person chooses it. One request at a time; what fails is tried again. Fires "unit-changed"
 * when the unit stands elsewhere than before.
 */
import { post } from "./saving.js";

const words = JSON.parse(document.getElementById("desk-words").textContent);
const PAUSE = 1000;
const RETRY = 8000;

class UnitEditor extends HTMLElement {
  #form = this.querySelector(".unit__form");
  #field = this.querySelector("textarea");
  #sent = this.#field?.value;
  #known = this.dataset.target;
  #timer = 0;
  #wanted = null;
  #running = null;
  #choosing = false;
  #closed = false;

  connectedCallback() {
    if (!this.#form) return;
    this.#form.addEventListener("input", () => this.#typed());
    this.#form.addEventListener("focusout", (event) => this.#left(event));
    this.#form.addEventListener("submit", (event) => this.#pressed(event));
    this.querySelector(".unit__conflict").addEventListener("click", (event) => this.#chose(event));
    addEventListener("pagehide", () => this.flush());
    addEventListener("online", () => this.flush());
    addEventListener("focus", () => this.flush());
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
  }

  get isDirty() {
    if (!this.#field || this.#closed) return false;
    return this.#field.value !== this.#sent || this.#choosing;
  }

  get isDone() {
    return "done" in this.dataset;
  }

  focusField() {
    this.#field?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "center" });
  }

  /** Save what is not saved yet; resolves with whether everything is stored. */
  async flush() {
    if (this.isDirty || this.#wanted) await this.#save(this.#wanted ?? "draft");
    return !this.isDirty;
  }

  /** Mark the unit ready; says false at once when there is nothing to mark. */
  ready() {
    if (!this.#field.value.trim()) return false;
    this.#save("ready");
    return true;
  }

  copySource() {
    if (this.#field.value.trim()) this.#say(words.copied);
    else this.#write(this.dataset.source);
  }

  #typed() {
    clearTimeout(this.#timer);
    if (!this.isDirty || this.#choosing) return;
    this.#say(words.unsaved);
    this.#timer = setTimeout(() => this.flush(), PAUSE);
  }

  #left(event) {
    if (!this.contains(event.relatedTarget) && !this.#choosing) this.flush();
  }

  #pressed(event) {
    event.preventDefault();
    const act = event.submitter?.value ?? "draft";
    if (act === "copy") this.copySource();
    else this.#save(act);
  }

  /** One request at a time: what is asked meanwhile goes out after it, "ready" before "draft". */
  async #save(act) {
    this.#wanted = act === "ready" || this.#wanted === "ready" ? "ready" : "draft";
    if (this.#choosing || this.#closed) return;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    await this.#running;
  }

  async #run() {
    while (this.#wanted) {
      const act = this.#wanted;
      const target = this.#field.value;
      this.#wanted = null;
      clearTimeout(this.#timer);
      this.#say(words.saving);
      const fields = { ...Object.fromEntries(new FormData(this.#form)), target, act };
      const { kind, answer } = await post(this.#form.action, fields);
      if (!this.#take(kind, answer, target, act)) return;
      if (this.#field.value !== target) this.#wanted ??= "draft";
    }
  }

  /** Take the server's answer in; says whether to go on. */
  #take(kind, answer, target, act) {
    if (kind === "conflict" && answer.version && answer.target === this.#known) {
      // Only the version moved (the source's changes came in): nobody else's words are at stake.
      this.#show(answer);
      this.#wanted = "draft";
      if (act === "ready") this.#notice(words.moved);
      return true;
    }
    if (answer.version && !answer.conflict) {
      this.#sent = target;
      this.#known = answer.target;
      this.#show(answer);
      const isMoved = act === "ready" && kind === "saved" && !answer.is_done;
      this.#notice(isMoved ? words.moved : (answer.refusal ?? ""));
      return true;
    }
    if (kind === "conflict" && answer.conflict) {
      this.#show(answer);
      this.#ask(answer);
      return false;
    }
    this.#say(answer.refusal ?? words[kind] ?? words.failed, "problem");
    // Told for good, what was typed is kept on the server or has no place there any more.
    this.#closed = Boolean(answer.refusal) || kind === "gone";
    if (this.#closed) return false;
    this.#wanted = act;
    this.#timer = setTimeout(() => this.flush(), RETRY);
    return false;
  }

  #show(answer) {
    this.#form.elements.based_on.value = answer.version;
    this.dataset.status = answer.status;
    this.toggleAttribute("data-done", answer.is_done);
    this.querySelector(".unit__status").textContent = answer.status_words;
    const source = this.querySelector(".unit__source");
    if (source.dataset.shown !== answer.source) source.innerHTML = answer.source;
    source.dataset.shown = answer.source;
    this.#say(answer.saved);
    this.dispatchEvent(new Event("unit-changed", { bubbles: true }));
  }

  #ask(answer) {
    this.#choosing = true;
    this.#say(words.chosen, "problem");
    const panel = this.querySelector(".unit__conflict");
    panel.innerHTML = answer.conflict;
    panel.dataset.theirs = answer.target;
  }

  #chose(event) {
    const choice = event.target.closest("[data-choose]")?.dataset.choose;
    if (!choice) return;
    event.preventDefault();
    const panel = this.querySelector(".unit__conflict");
    this.#choosing = false;
    this.#known = panel.dataset.theirs;
    panel.replaceChildren();
    if (choice === "theirs") {
      this.#sent = panel.dataset.theirs;
      this.#write(panel.dataset.theirs);
    }
    this.#say("");
    if (choice === "mine") this.#save("draft");
    this.#field.focus();
  }

  #write(html) {
    this.#field.value = html;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #notice(text) {
    if (text) this.#say(text, "problem");
  }

  #say(text, tone = "") {
    const place = this.querySelector(".unit__saved");
    if (place.textContent !== text) place.textContent = text;
    place.dataset.tone = tone;
  }
}

customElements.define("unit-editor", UnitEditor);
