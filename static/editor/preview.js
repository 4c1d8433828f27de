/** The text as it will look, shown until the editor is wanted. */
import { inert } from "./pasting.js";

const KEPT = { span: "lang", abbr: "title" };

/**
 * Return an element that shows the textarea's HTML. Only tags of the table are copied, and of
 * their attributes only a language and an abbreviation's meaning: what somebody typed into the
 * textarea has not been cleaned yet.
 */
export function previewOf(textarea, config) {
  const preview = document.createElement("div");
  preview.className = "rich-text__text rich-text__text--preview";
  if (textarea.lang) preview.lang = textarea.lang;
  // The textarea itself is what screen readers and the keyboard meet.
  preview.setAttribute("aria-hidden", "true");
  const parsed = new DOMParser().parseFromString(inert(textarea.value), "text/html");
  copy(parsed.body, preview, new Set([...config.blocks, ...config.parts, ...config.marks]));
  return preview;
}

function copy(from, to, allowed) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.append(child.data);
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const tag = child.localName;
      const element = allowed.has(tag) ? document.createElement(tag) : to;
      const value = KEPT[tag] && child.getAttribute(KEPT[tag]);
      if (value && element !== to) element.setAttribute(KEPT[tag], value);
      if (element !== to) to.append(element);
      copy(child, element, allowed);
    }
  }
}
