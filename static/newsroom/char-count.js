/** <char-count for="…" max="…"> says how long a text is. */
class CharCount extends HTMLElement {
  #input = null;

  connectedCallback() {
    this.#input = document.getElementById(this.getAttribute("for"));
    this.#input?.addEventListener("input", this.#count);
    this.#count();
  }

  disconnectedCallback() {
    this.#input?.removeEventListener("input", this.#count);
  }

  #count = () => {
    const length = [...(this.#input?.value ?? "")].length;
    this.textContent = length ? `${length} / ${this.getAttribute("max")}` : "";
  };
}

customElements.define("char-count", CharCount);
