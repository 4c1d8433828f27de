/** What the editor knows, made from the table of allowed markup (articles/richtext.py). */
import { blockIds } from "./block-ids.js";

// Spelled so that Enter goes on with a paragraph: "paragraph+ cite?" would go on with the cite.
const QUOTE = "(paragraph+ cite) | paragraph+";
const DOCUMENTS = {
  blocks: "block+",
  quote: QUOTE,
  note: "paragraph+",
  line: "paragraph",
  heading: "paragraph",
};

export function extensionsFor(tiptap, content, config) {
  const isBody = content === "blocks";
  const marks = config.marks.filter(
    (tag) => !(content === "heading" && config.notInHeadings.includes(tag)),
  );
  const blocks = isBody ? blockExtensions(tiptap, config) : [];
  const ids = blocks.map(({ name }) => name).filter((name) => !PARTS.includes(name));
  return [
    tiptap.Document.extend({ content: DOCUMENTS[content] }),
    tiptap.Text,
    tiptap.Paragraph,
    ...blocks,
    ...(isBody ? [blockIds(tiptap, ["paragraph", ...ids])] : []),
    ...(content === "quote" ? [cite(tiptap)] : []),
    ...marks.map((tag) => MARKS[tag](tiptap, config)),
    tiptap.History,
    tiptap.Dropcursor.configure({ color: false, class: "rich-text__drop" }),
    tiptap.Gapcursor,
    shortcuts(tiptap),
  ];
}

/** Tell whether an address may be linked to; the server decides again. */
export function mayLinkTo(href, config) {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1].toLowerCase();
  return scheme ? config.schemes.includes(scheme) : /^\/(?!\/)/.test(href);
}

const PARTS = ["cite", "figcaption", "bulletList", "orderedList"];

function blockExtensions(tiptap, config) {
  const levels = [2, 3].filter((level) => config.blocks.includes(`h${level}`));
  const made = {
    h2: () => [heading(tiptap, levels, config)],
    blockquote: () => [quote(tiptap), cite(tiptap)],
    li: () => [...lists(tiptap), listItem(tiptap)],
    aside: () => [note(tiptap)],
    figure: () => [embed(tiptap, config), figure(tiptap, config), figcaption(tiptap)],
  };
  return config.blocks.flatMap((tag) => made[tag]?.() ?? []);
}

function heading({ Heading }, levels, config) {
  const names = { a: "link", span: "foreign", abbr: "abbr", strong: "bold", em: "italic" };
  return Heading.extend({
    marks: config.marks
      .filter((tag) => !config.notInHeadings.includes(tag))
      .map((tag) => names[tag])
      .join(" "),
    parseHTML: () =>
      [1, 2, 3, 4, 5, 6].map((level) => ({
        tag: `h${level}`,
        attrs: { level: level <= 2 ? 2 : 3 },
      })),
  }).configure({ levels });
}

function quote({ Blockquote }) {
  return Blockquote.extend({
    content: QUOTE,
    addInputRules: () => [],
    addCommands() {
      return {
        toggleQuote:
          () =>
          ({ state, commands, tr, dispatch }) => {
            const found = around(state, "blockquote");
            if (!found) return commands.wrapIn("blockquote");
            const { paragraph } = state.schema.nodes;
            const children = [];
            found.node.forEach((child, _offset, index) => {
              const bid = index === 0 ? found.node.attrs.bid : null;
              children.push(paragraph.create({ bid }, child.content));
            });
            if (dispatch) tr.replaceWith(found.start, found.end, children);
            return true;
          },
      };
    },
  });
}

function cite({ Node }) {
  return Node.create({
    name: "cite",
    content: "inline*",
    defining: true,
    parseHTML: () =>
      ["cite", "footer"].map((tag) => ({ tag, context: "blockquote/|doc/", priority: 60 })),
    renderHTML: () => ["cite", 0],
    addCommands: () => ({
      addCite:
        () =>
        ({ state, chain }) => {
          // A quote that is translated by itself is the whole document.
          const whole = { node: state.doc, end: state.doc.content.size + 1 };
          const { node, end } = around(state, "blockquote") ?? whole;
          const isOpen = node.type.name === "blockquote" || !state.schema.nodes.blockquote;
          if (!isOpen || node.lastChild.type.name === "cite") return false;
          return chain()
            .insertContentAt(end - 1, { type: "cite" })
            .setTextSelection(end)
            .run();
        },
    }),
    addKeyboardShortcuts() {
      return { Enter: () => leave(this.editor, "cite"), Backspace: () => dropEmpty(this.editor) };
    },
  });
}

function lists({ BulletList, wrappingInputRule }) {
  const ordered = BulletList.extend({
    name: "orderedList",
    parseHTML: () => [{ tag: "ol" }],
    renderHTML: () => ["ol", 0],
    addCommands() {
      return {
        toggleOrderedList:
          () =>
          ({ commands }) =>
            commands.toggleList(this.name, "listItem"),
      };
    },
    addKeyboardShortcuts() {
      return { "Mod-Shift-7": () => this.editor.commands.toggleOrderedList() };
    },
    addInputRules() {
      return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
    },
  });
  return [BulletList, ordered];
}

function listItem({ ListItem }) {
  return ListItem.extend({
    content: "paragraph",
    addKeyboardShortcuts() {
      // Tab is left to the page: there are no lists inside lists.
      return { Enter: () => this.editor.commands.splitListItem(this.name) };
    },
  });
}

function note({ Node }) {
  return Node.create({
    name: "note",
    group: "block",
    content: "paragraph+",
    defining: true,
    parseHTML: () => [{ tag: "aside.note" }],
    renderHTML: ({ HTMLAttributes }) => ["aside", { class: "note", ...HTMLAttributes }, 0],
    addCommands() {
      return {
        toggleNote:
          () =>
          ({ commands }) =>
            commands.toggleWrap(this.name),
      };
    },
  });
}

function figure({ Node }, config) {
  return Node.create({
    name: "figure",
    group: "block",
    content: "figcaption",
    isolating: true,
    draggable: true,
    addAttributes() {
      return {
        image: {
          default: null,
          parseHTML: (element) => element.getAttribute("data-image"),
          renderHTML: ({ image }) => ({ "data-image": image }),
        },
      };
    },
    parseHTML: () => [{ tag: "figure[data-image]" }],
    renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, 0],
    addNodeView: () => ({ node }) => {
      const dom = document.createElement("figure");
      const contentDOM = document.createElement("div");
      dom.append(badge(`${config.labels.picture} ${node.attrs.image}`), contentDOM);
      return { dom, contentDOM };
    },
  });
}

function figcaption({ Node }) {
  return Node.create({
    name: "figcaption",
    content: "inline*",
    defining: true,
    parseHTML: () => [{ tag: "figcaption", context: "figure/" }],
    renderHTML: () => ["figcaption", 0],
    addKeyboardShortcuts() {
      return { Enter: () => leave(this.editor, "figcaption") };
    },
  });
}

function embed({ Node }, config) {
  return Node.create({
    name: "embed",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      provider: { default: "", rendered: false },
      href: { default: "", rendered: false },
      text: { default: "", rendered: false },
    }),
    parseHTML: () => [
      {
        tag: "figure.embed[data-provider]",
        priority: 60,
        getAttrs(element) {
          const link = element.querySelector("a[href]");
          const href = link?.getAttribute("href") ?? "";
          if (!mayLinkTo(href, config)) return false;
          return { provider: element.dataset.provider, href, text: link.textContent };
        },
      },
    ],
    renderHTML: ({ node: { attrs }, HTMLAttributes }) => [
      "figure",
      { class: "embed", "data-provider": attrs.provider, ...HTMLAttributes },
      ["a", { href: attrs.href }, attrs.text],
    ],
    addNodeView: () => ({ node }) => {
      const dom = document.createElement("figure");
      dom.append(badge(`${config.labels.embed} (${node.attrs.provider})`), node.attrs.text);
      return { dom };
    },
  });
}

const MARKS = {
  a: (tiptap, config) => attributeMark(tiptap, "link", "a", "href", (v) => mayLinkTo(v, config)),
  span: (tiptap, config) =>
    attributeMark(tiptap, "foreign", "span", "lang", (v) => new RegExp(config.language).test(v)),
  abbr: (tiptap) => attributeMark(tiptap, "abbr", "abbr", "title", (value) => value.trim()),
  strong: ({ Bold }) => Bold,
  em: ({ Italic }) => Italic,
};

/** Return a mark that is nothing without its one attribute. */
function attributeMark({ Mark }, name, tag, attribute, isGood) {
  return Mark.create({
    name,
    inclusive: false,
    addAttributes: () => ({ [attribute]: { default: "" } }),
    parseHTML: () => [
      {
        tag: `${tag}[${attribute}]`,
        getAttrs(element) {
          const value = element.getAttribute(attribute);
          return isGood(value) ? { [attribute]: value } : false;
        },
      },
    ],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });
}

function shortcuts({ Extension }) {
  return Extension.create({
    name: "deskShortcuts",
    addKeyboardShortcuts() {
      // A line break is no part of the markup: a new line is a new paragraph.
      return { "Shift-Enter": () => this.editor.commands.enter() };
    },
  });
}

function badge(text) {
  const element = document.createElement("span");
  element.className = "rich-text__badge";
  element.contentEditable = "false";
  element.textContent = text;
  return element;
}

/** Return the nearest node of a type around the caret, with its place, or null. */
function around(state, name) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name !== name) continue;
    return { node, start: $from.before(depth), end: $from.after(depth) };
  }
  return null;
}

/** Go on in a new paragraph after the quote or figure whose last part the caret is in. */
function leave(editor, name) {
  const found = around(editor.state, name);
  if (!found) return false;
  const after = found.end + 1;
  if (after > editor.state.doc.content.size) return true;
  return editor
    .chain()
    .insertContentAt(after, { type: "paragraph" })
    .setTextSelection(after + 1)
    .run();
}

function dropEmpty(editor) {
  const found = around(editor.state, "cite");
  if (!found || found.node.content.size) return false;
  return editor.chain().deleteRange({ from: found.start, to: found.end }).run();
}
