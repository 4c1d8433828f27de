/**
 * <rich-text> turns the textarea inside it into an editor.
 *
 * The textarea stays the form's field: it holds the HTML, and fires "input" for every change.
 * Without this script it is an ordinary textarea. Attributes: "content" says what the text may
 * hold (blocks, quote, note, line or heading), "lazy" waits with the editor for the first focus.
 * `flush()` writes the editor's text into the textarea at once; `editor` is Tiptap's, or null.
 */
import { extensionsFor } from "./extensions.js";
import { cleanPaste, flattenPaste, inert } from "./pasting.js";
import { previewOf } from "./preview.js";
import { toolbarFor } from "./toolbar.js";

const config = JSON.parse(document.getElementById("rich-text-config").textContent);
let engine = null;

function loadEngine() {
  engine ??= import(config.engine);
  return engine;
}

class RichText extends HTMLElement {
  #textarea = null;
  #preview = null;
  #building = null;
  #written = "";
  editor = null;

  connectedCallback() {
    this.#textarea = this.querySelector("textarea");
    if (this.editor || !this.#textarea) return;
    this.#textarea.addEventListener("focus", this.#enter);
    this.#textarea.addEventListener("input", this.#reread);
    this.#textarea.form?.addEventListener("reset", this.#rereadLater);
    // Browsers put typed text back into fields when somebody returns to the page.
    window.addEventListener("pageshow", this.#rereadLater);
    if (!this.hasAttribute("lazy")) {
      this.#attach();
      return;
    }
    this.#showPreview();
    (window.requestIdleCallback ?? window.setTimeout)(loadEngine);
  }

  disconnectedCallback() {
    this.#textarea?.form?.removeEventListener("reset", this.#rereadLater);
    window.removeEventListener("pageshow", this.#rereadLater);
    this.editor?.destroy();
    this.editor = this.#building = null;
  }

  /** Write the editor's text into the textarea, and tell the form if it is new. */
  flush() {
    if (!this.editor) return;
    const html = this.#html();
    if (html === this.#written) return;
    this.#written = this.#textarea.value = html;
    this.#textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  focus() {
    this.#textarea?.focus();
  }

  get #isLine() {
    return ["line", "heading"].includes(this.getAttribute("content"));
  }

  #html() {
    if (this.editor.isEmpty) return "";
    const html = this.editor.getHTML();
    return this.#isLine ? html.replace(/^<p>(.*)<\/p>$/s, "$1") : html;
  }

  #enter = async () => {
    await this.#attach();
    // Whoever gave the textarea the focus decides what is scrolled where.
    this.editor?.commands.focus(this.#caret(), { scrollIntoView: false });
  };

  /** Read the textarea again when somebody else has written into it. */
  #reread = () => {
    if (this.#preview?.isConnected) this.#showPreview();
    if (!this.editor || this.#textarea.value === this.#written) return;
    this.editor.commands.setContent(this.#textarea.value, { emitUpdate: false });
    this.#written = this.#textarea.value;
  };

  #rereadLater = () => setTimeout(this.#reread);

  #showPreview() {
    const preview = previewOf(this.#textarea, config);
    preview.addEventListener("click", () => this.#textarea.focus());
    if (this.#preview) this.#preview.replaceWith(preview);
    else this.append(preview);
    this.#preview = preview;
    this.#textarea.classList.add("rich-text__source");
  }

  #attach() {
    this.#building ??= this.#build().catch((error) => {
      // The textarea still works: let it be seen.
      this.#preview?.remove();
      this.#textarea.classList.remove("rich-text__source");
      throw error;
    });
    return this.#building;
  }

  async #build() {
    const tiptap = await loadEngine();
    if (!this.isConnected) return;
    const content = this.getAttribute("content");
    const mount = document.createElement("div");
    mount.className = "rich-text__text";
    this.#written = this.#textarea.value;
    this.editor = new tiptap.Editor({
      element: mount,
      // ProseMirror's own few rules stand in rich-text.css: no style element is injected.
      injectCSS: false,
      extensions: extensionsFor(tiptap, content, config),
      content: this.#textarea.value,
      editable: !this.#textarea.disabled && !this.#textarea.readOnly,
      enableInputRules: ["bulletList", "orderedList"],
      enablePasteRules: false,
      editorProps: {
        attributes: this.#editableAttributes(),
        transformPastedHTML: cleanPaste,
        transformPasted: (slice) => (this.#isLine ? flattenPaste(tiptap, slice) : slice),
      },
      onUpdate: () => this.flush(),
      onFocus: () => this.#retire(),
    });
    this.#preview?.remove();
    this.#textarea.classList.add("rich-text__source");
    // A field that has the focus keeps it until the editor takes it over.
    if (document.activeElement !== this.#textarea) this.#retire();
    if (this.editor.isEditable) {
      this.append(toolbarFor(this.editor, content, config, this.#textarea.id));
    }
    this.append(mount);
  }

  /** Take the textarea off the screen and out of the screen reader's way. */
  #retire() {
    if (this.#textarea.hidden) return;
    for (const label of this.#textarea.labels) {
      label.addEventListener("click", () => this.editor?.commands.focus());
    }
    this.#textarea.hidden = true;
    this.#textarea.focus = ({ preventScroll = false } = {}) =>
      this.editor?.commands.focus(null, { scrollIntoView: !preventScroll });
  }

  #editableAttributes() {
    const { id, lang, labels } = this.#textarea;
    for (const label of labels) label.id ||= `${id}-label`;
    const describedBy = this.#textarea.getAttribute("aria-describedby");
    const name = this.#textarea.getAttribute("aria-label");
    return {
      id: `${id}-text`,
      role: "textbox",
      "aria-multiline": this.#isLine ? "false" : "true",
      spellcheck: "true",
      ...(lang && { lang }),
      ...(labels.length && { "aria-labelledby": labels[0].id }),
      ...(!labels.length && name && { "aria-label": name }),
      ...(describedBy && { "aria-describedby": describedBy }),
    };
  }

  /** Return the editor's position for the textarea's caret, which counts tags and entities. */
  #caret() {
    const before = this.#textarea.value.slice(0, this.#textarea.selectionStart);
    let left = new DOMParser().parseFromString(inert(before), "text/html").body.textContent.length;
    if (!left) return "start";
    let position = "end";
    this.editor.state.doc.descendants((node, start) => {
      if (position !== "end" || !node.isText) return position === "end";
      if (left <= node.nodeSize) position = start + left;
      left -= node.nodeSize;
      return false;
    });
    return position;
  }
}

customElements.define("rich-text", RichText);
