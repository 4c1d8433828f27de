/** What comes from the clipboard, made into what the editor can read. The server cleans again. */

const WORD = /class="?Mso|style="[^"]*mso-|schemas-microsoft|content="(?:Libre|Open)Office/i;
const NUMBERED = /^\(?(?:\d{1,4}|[a-z]|[ivxlc]{1,6})[.)]$/i;
const DROPPED = "style, script, title, meta, link, del, img, svg, iframe, object, template";

/**
 * Return HTML without style sheets, its inline styles and handlers under other names.
 *
 * The page's policy forbids them, in parsed fragments too: the browser would complain, and the
 * weight and slope that word processors write as styles would be lost.
 */
export function inert(html) {
  return html
    .replace(/<style[\s>][\s\S]*?(?:<\/style>|$)/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag
        .replace(/([\s"'/])style\s*=/gi, "$1data-style=")
        .replace(/([\s"'/])on(?=[a-z]+\s*=)/gi, "$1data-on"),
    );
}

export function cleanPaste(html) {
  const { body } = new DOMParser().parseFromString(inert(html), "text/html");
  if (WORD.test(html)) cleanWord(body);
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  for (const element of body.querySelectorAll("[data-style]")) markByStyle(element);
  cleanSpaces(body);
  for (const element of body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, li")) {
    if (!element.textContent.trim()) element.remove();
  }
  return body.innerHTML.replace(/(?:<br[^>]*>\s*){2,}/gi, "</p><p>").replace(/<br[^>]*>/gi, " ");
}

/** Return what was pasted as the content of one line. */
export function flattenPaste({ pm }, slice) {
  const pieces = [];
  slice.content.descendants((node) => {
    if (node.isTextblock && pieces.length) pieces.push(node.type.schema.text(" "));
    if (node.isText) pieces.push(node);
    return true;
  });
  const { Fragment, Slice } = pm.model;
  return new Slice(Fragment.fromArray(pieces), 0, 0);
}

function cleanWord(body) {
  // The language of the spelling checker, on every run of text.
  for (const element of body.querySelectorAll("[lang]")) element.removeAttribute("lang");
  for (const item of body.querySelectorAll('p[data-style*="mso-list:"]')) makeListItem(item);
}

function makeListItem(paragraph) {
  const label = [...paragraph.querySelectorAll("span")].find((span) =>
    /mso-list:\s*ignore/i.test(span.dataset.style ?? ""),
  );
  const tag = NUMBERED.test(label?.textContent.trim() ?? "") ? "ol" : "ul";
  label?.remove();
  let list = paragraph.previousElementSibling;
  if (list?.dataset.word !== tag) {
    list = document.createElement(tag);
    list.dataset.word = tag;
    paragraph.before(list);
  }
  const item = document.createElement("li");
  item.append(...paragraph.childNodes);
  list.append(item);
  paragraph.remove();
}

/** Put bold and italic where a style says so; a style against them outweighs the tag. */
function markByStyle(element) {
  const style = element.dataset.style.toLowerCase().replace(/\s/g, "");
  const weight = /(?:^|;)font-weight:(bold|bolder|[6-9]00|normal|lighter|[1-5]00)/.exec(style)?.[1];
  const slope = /(?:^|;)font-style:(italic|oblique|normal)/.exec(style)?.[1];
  const isBold = weight && /^(bold|bolder|[6-9]00)$/.test(weight);
  if (weight && !isBold && /^(b|strong)$/.test(element.localName)) unwrap(element);
  else if (slope === "normal" && /^(i|em)$/.test(element.localName)) unwrap(element);
  if (isBold && element.localName === "span") wrapContent(element, "strong");
  if (slope && slope !== "normal" && element.localName === "span") wrapContent(element, "em");
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function wrapContent(element, tag) {
  const mark = document.createElement(tag);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Keep no-break spaces only beside a figure; the others are somebody's layout. */
function cleanSpaces(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    walker.currentNode.data = walker.currentNode.data.replace(
      /[\s\u00a0]+/g,
      (gap, at, all) =>
        gap === "\u00a0" && (/\d/.test(all[at - 1] ?? "") || /\d/.test(all[at + 1] ?? ""))
          ? gap
          : " ",
    );
  }
}
