/** <picture-preview data-address="…/0/…"> shows the picture that its select has chosen. */
class PicturePreview extends HTMLElement {
  connectedCallback() {
    const select = this.querySelector("select");
    const show = () => this.#show(select.value);
    select?.addEventListener("change", show);
    // Choices found by typing tell of changes through the admin's jQuery alone.
    window.django?.jQuery(select).on("change", show);
  }

  #show(chosen) {
    const image = this.querySelector(".facts__picture");
    image.hidden = !chosen;
    if (!chosen) return;
    image.removeAttribute("width");
    image.removeAttribute("height");
    image.src = this.dataset.address.replace("/0/", `/${encodeURIComponent(chosen)}/`);
  }
}

customElements.define("picture-preview", PicturePreview);
