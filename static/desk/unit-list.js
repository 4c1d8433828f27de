/**
 * <unit-list> leads through its units with the keyboard, filters them, and counts what is done.
 */

class UnitList extends HTMLElement {
  #ready = null;

  connectedCallback() {
    if (!this.querySelector(".unit__form")) return;
    const tools = document.querySelector("[data-tools]");
    tools.hidden = false;
    tools.addEventListener("change", (event) => this.#filter(event.target.value));
    this.addEventListener("unit-changed", () => this.#count());
    // Before the rich-text editor, which has keys of its own.
    document.addEventListener("keydown", (event) => this.#key(event), true);
    for (const form of document.querySelectorAll("[data-after-saving]")) {
      form.addEventListener("submit", (event) => this.#saveFirst(event));
    }
    document.documentElement.classList.add("saves-itself");
  }

  get #units() {
    return [...this.querySelectorAll("unit-editor")];
  }

  get #current() {
    return document.activeElement?.closest("unit-editor");
  }

  #key(event) {
    const { key, code, altKey, ctrlKey, metaKey } = event;
    const inField = event.target.closest("input, textarea, select, [contenteditable=true]");
    const act =
      (key === "Enter" && (ctrlKey || metaKey) && this.#current && (() => this.#finish())) ||
      (key === "ArrowDown" && altKey && (() => this.#move(1))) ||
      (key === "ArrowUp" && altKey && (() => this.#move(-1))) ||
      (code === "KeyC" && altKey && (() => this.#current?.copySource())) ||
      (code === "KeyS" && (ctrlKey || metaKey) && (() => this.#flush())) ||
      (key === "?" && !inField && (() => this.#help()));
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #finish() {
    const current = this.#current;
    if (!current.ready()) return;
    const units = this.#units;
    const place = units.indexOf(current);
    const rest = [...units.slice(place + 1), ...units.slice(0, place)];
    const next = rest.find((unit) => !unit.isDone && !unit.hidden);
    if (next) next.focusField();
    else this.#announce(this.dataset.next);
  }

  #move(step) {
    const shown = this.#units.filter((unit) => !unit.hidden);
    const place = shown.indexOf(this.#current);
    const next = place < 0 ? shown[0] : shown[place + step];
    next?.focusField();
  }

  #help() {
    const help = document.querySelector("[data-help]");
    help.open = !help.open;
    help.querySelector("summary").focus();
  }

  /** What is shown is decided when it is chosen: no unit goes away while it is written in. */
  #filter(wanted) {
    for (const unit of this.#units) {
      const isWanted = wanted === "todo" ? !unit.isDone : unit.dataset.status === wanted;
      unit.hidden = wanted !== "all" && !isWanted;
    }
  }

  #count() {
    const units = this.#units;
    const done = units.filter((unit) => unit.isDone);
    const wordsDone = done.reduce((sum, unit) => sum + Number(unit.dataset.words), 0);
    const left = units.length - done.length;
    document.querySelector("[data-bar]").value = wordsDone;
    this.#put("[data-done]", done.length);
    this.#put("[data-words-done]", wordsDone);
    this.#put("[data-left]", left);
    document.getElementById("left").hidden = !left;
    for (const unit of units) {
      document.querySelector(`[data-for="${unit.id}"]`).hidden = unit.isDone;
    }
  }

  #put(place, number) {
    document.querySelector(`.head ${place}`).textContent = number;
  }

  #announce(text) {
    this.querySelector("[data-announce]").textContent = text;
  }

  #flush() {
    return Promise.all(this.#units.map((unit) => unit.flush()));
  }

  async #saveFirst(event) {
    const form = event.target;
    if (form === this.#ready) return;
    event.preventDefault();
    const results = await this.#flush();
    if (results.includes(false)) {
      this.#units[results.indexOf(false)].focusField();
      return;
    }
    this.#ready = form;
    // A form cannot be sent again before the event that stopped it is over.
    setTimeout(() => form.requestSubmit());
  }
}

customElements.define("unit-list", UnitList);
