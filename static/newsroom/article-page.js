/**
 * <article-page> wraps the form of a story. It lets nobody leave with unsaved words: language
 * tabs and previews wait for the text to be saved, changed facts are sent along, and the browser
 * asks before a page with anything else unsaved is closed. Where the text stands is said anew after
 * each save. Without it, every button still saves.
 */
import "./auto-save.js";
import "./char-count.js";
import "./picture-preview.js";
import { refresh } from "./refresh.js";

class ArticlePage extends HTMLElement {
  #form = null;
  #isFactsChanged = false;
  #isLeaving = false;

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#watchFacts();
    this.#form.addEventListener("submit", this.#submit);
    this.addEventListener("saved", (event) => refresh(event.detail));
    document.addEventListener("click", this.#follow);
    window.addEventListener("beforeunload", this.#warn);
    window.addEventListener("pageshow", () => { this.#isLeaving = false; });
    this.#showErrors();
  }

  get #autoSave() {
    return this.querySelector("auto-save");
  }

  #watchFacts() {
    const change = (event) => {
      if (event.target.closest(".facts")) this.#isFactsChanged = true;
    };
    this.#form.addEventListener("input", change);
    // The choices found by typing tell of changes through the admin's jQuery alone.
    const jQuery = window.django?.jQuery;
    if (!jQuery) return;
    jQuery(this.#form).on("change", ".facts select", change);
    jQuery(this.#form).on("select2:select", "#id_authors", (event) => {
      // A byline names its authors in the order they were chosen.
      event.target.append(event.params.data.element);
      jQuery(event.target).trigger("change");
    });
  }

  /** A save on its way would make what is sent now look stale: wait for its answer. */
  #submit = async (event) => {
    const autoSave = this.#autoSave;
    if (autoSave?.isSaving) {
      event.preventDefault();
      await autoSave.settled();
      this.#form.requestSubmit(event.submitter);
      return;
    }
    autoSave?.pause();
    this.#isLeaving = true;
  };

  #follow = async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey) return;
    if (link.classList.contains("tab") && this.#isFactsChanged) {
      event.preventDefault();
      this.#sendAndGo(link.dataset.language);
    } else if (this.#autoSave && !this.#autoSave.isSaved && !link.hash) {
      event.preventDefault();
      const page = link.target === "_blank" ? window.open("", "_blank") : window;
      await this.#autoSave.save();
      page.location = link.href;
    }
  };

  #sendAndGo(language) {
    const wanted = document.createElement("input");
    Object.assign(wanted, { type: "hidden", name: "_go", value: language });
    this.#form.append(wanted);
    this.#form.requestSubmit();
  }

  #warn = (event) => {
    const isUnsaved = this.#isFactsChanged || (this.#autoSave && !this.#autoSave.isSaved);
    if (isUnsaved && !this.#isLeaving) event.preventDefault();
  };

  /** Bring what is wrong into sight, and open what hides it. */
  #showErrors() {
    for (const row of this.querySelectorAll(".row--wrong")) {
      const fold = row.closest("details");
      if (fold) fold.open = true;
    }
    this.querySelector(".errors")?.scrollIntoView({ block: "center" });
  }
}

customElements.define("article-page", ArticlePage);
