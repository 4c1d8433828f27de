/**
 * <auto-save form="…" address="…"> keeps the text of a form while it is typed, and says so.
 *
 * Words for its states are in data- attributes. After an answer that another text came first it
 * stops: the person decides. What else the page must say now is in the event `saved`. `isSaved`, `isSaving`, `save()`, `settled()` and `pause()` are for
 * whoever wants to leave the page.
 */
const QUIET_MS = 2500;
const RETRY_MS = 15000;
const TEXT = ".page__text";

class AutoSave extends HTMLElement {
  #form = null;
  #timer = 0;
  #request = null;
  #isTyped = false;
  #isStopped = false;

  connectedCallback() {
    this.#form = document.getElementById(this.getAttribute("form"));
    this.#form?.addEventListener("input", this.#typed);
    window.addEventListener("online", this.#retry);
    document.addEventListener("visibilitychange", this.#retry);
  }

  disconnectedCallback() {
    window.clearTimeout(this.#timer);
    this.#form?.removeEventListener("input", this.#typed);
    window.removeEventListener("online", this.#retry);
    document.removeEventListener("visibilitychange", this.#retry);
  }

  get isSaved() {
    this.#flushEditors();
    return !this.#isTyped && !this.#request;
  }

  get isSaving() {
    return this.#request !== null;
  }

  async settled() {
    await this.#request;
  }

  pause() {
    window.clearTimeout(this.#timer);
  }

  /** Send what was typed; resolve when it is answered. */
  async save() {
    this.pause();
    await this.#request;
    this.#flushEditors();
    if (!this.#isTyped || this.#isStopped) return;
    this.#isTyped = false;
    this.#show("saving", this.dataset.saving);
    this.#request = this.#send();
    await this.#request;
    this.#request = null;
    if (this.#isTyped && !this.#isStopped && this.dataset.state === "saved") this.#later(QUIET_MS);
  }

  #typed = (event) => {
    if (!event.target.closest(TEXT)) return;
    this.#isTyped = true;
    if (this.#isStopped) return;
    if (!this.#request && this.dataset.state !== "trouble") {
      this.#show("typing", this.dataset.typing);
    }
    this.#later(QUIET_MS);
  };

  #retry = () => {
    if (this.#isTyped) this.save();
  };

  #later(milliseconds) {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.save(), milliseconds);
  }

  #flushEditors() {
    for (const editor of this.#form.querySelectorAll("rich-text")) editor.flush?.();
  }

  async #send() {
    try {
      const response = await fetch(this.getAttribute("address"), {
        method: "POST",
        body: this.#text(),
        headers: { Accept: "application/json", "X-CSRFToken": this.#token() },
      });
      const isJson = response.headers.get("Content-Type")?.includes("json");
      this.#hear(response.status, isJson ? await response.json() : {});
    } catch {
      this.#trouble(this.dataset.offline);
    }
  }

  #text() {
    const text = new FormData();
    for (const [name, value] of new FormData(this.#form)) {
      if (this.#form.elements[name]?.closest?.(TEXT)) text.append(name, value);
    }
    return text;
  }

  /** The cookie's token: signing in again in another tab has changed the form's. */
  #token() {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
    const input = this.#form.elements.csrfmiddlewaretoken;
    if (token && input) input.value = token;
    return token;
  }

  #hear(status, answer) {
    if (status === 200) {
      this.#form.elements.version.value = answer.version;
      this.#show(this.#isTyped ? "typing" : "saved", answer.message);
      if (this.#isTyped) this.dataset.state = "saved";
      this.dispatchEvent(new CustomEvent("saved", { bubbles: true, detail: answer.parts }));
    } else if (status === 409) {
      this.#isTyped = true;
      this.#isStopped = true;
      this.#show("conflict", answer.message, answer.compare, this.dataset.compare);
    } else if (status === 401) {
      const login = this.dataset.login;
      this.#trouble(this.dataset.signedOut, login, this.dataset.signIn);
    } else if (status === 422) {
      this.#isTyped = true;
      this.#show("wrong", `${this.dataset.failed} ${answer.message}`);
    } else {
      this.#trouble(answer.message ?? this.dataset.failed);
    }
  }

  #trouble(words, address, label) {
    this.#isTyped = true;
    this.#show("trouble", words, address, label);
    this.#later(RETRY_MS);
  }

  #show(state, words, address = "", label = "") {
    this.dataset.state = state;
    const line = this.querySelector("[role=status]");
    line.textContent = words;
    if (!address) return;
    const link = document.createElement("a");
    Object.assign(link, { href: address, target: "_blank", textContent: label });
    line.append(" ", link);
  }
}

customElements.define("auto-save", AutoSave);
