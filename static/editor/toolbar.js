/** The editor's buttons: one toolbar, one stop for the Tab key, arrows inside. */
import { ask } from "./dialog.js";
import { mayLinkTo } from "./extensions.js";

// Drawn in a square of 20, two units wide.
const ICONS = {
  h2: "M3 4v12M11 4v12M3 10h8M14 10q0-2 2-2t2 2q0 1.5-4 6h4",
  h3: "M3 4v12M11 4v12M3 10h8M14 8h4l-2 3q2 0 2 2.500t-2 2.500-2-1",
  li: "M8 5h9M8 10h9M8 15h9M3.500 5h.01M3.500 10h.01M3.500 15h.01",
  ol: "M9 5h8M9 10h8M9 15h8M3 4l1.500-1v5M3 12q0-1.500 1.500-1.500T6 12q0 1-3 4h3",
  blockquote: "M4 13q-1-7 4-8M4 10h4v5H4zM11 13q-1-7 4-8M11 10h4v5h-4z",
  cite: "M3 10h5M11 17q-1-6 3-6t3 6M14 3a2.500 2.500 0 1 0 .01 0",
  aside: "M3 3h14v14H3zM6 7h8M6 10h8M6 13h5",
  strong: "M6 3h5a3.500 3.500 0 0 1 0 7H6zM6 10h6a3.500 3.500 0 0 1 0 7H6z",
  em: "M8 3h7M5 17h7M12 3L8 17",
  a: "M8 12l4-4M9 6l2-2a3.500 3.500 0 0 1 5 5l-2 2M11 14l-2 2a3.500 3.500 0 0 1-5-5l2-2",
  span: "M3 5h9M7.500 3v2M10 5q-1 5-7 8M5 8q2 4 6 5M10 17l3.500-8 3.500 8M11 15h5",
  abbr: "M3 9l3-6 3 6M4 7h4M12 3v6M12 6q5-3 5 0t-5 3M3 14h.01M8 14h.01M13 14h.01M17 14h.01",
  undo: "M4 8h9a4 4 0 0 1 0 8H8M7 4L3 8l4 4",
  redo: "M16 8H7a4 4 0 0 0 0 8h5M13 4l4 4-4 4",
};

export function toolbarFor(editor, content, config, fieldId) {
  const bar = document.createElement("div");
  bar.className = "rich-text__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", config.labels.toolbar);
  bar.setAttribute("aria-controls", `${fieldId}-text`);
  const buttons = groups(editor, content, config).map((items) => {
    const group = document.createElement("span");
    group.className = "rich-text__group";
    const made = items.map((item) => buttonFor(editor, item, config.labels));
    group.append(...made);
    bar.append(group);
    return made;
  });
  bar.addEventListener("keydown", (event) => move(event, buttons.flat()));
  editor.on("transaction", () => show(editor, buttons.flat()));
  show(editor, buttons.flat());
  return bar;
}

function groups(editor, content, config) {
  const run = () => editor.chain().focus();
  const isBody = content === "blocks";
  const block = (tag, name, command, attributes) => ({
    tag,
    isActive: () => editor.isActive(name, attributes),
    act: () => command(run()).run(),
  });
  const blocks = {
    h2: block("h2", "heading", (chain) => chain.toggleHeading({ level: 2 }), { level: 2 }),
    h3: block("h3", "heading", (chain) => chain.toggleHeading({ level: 3 }), { level: 3 }),
    li: block("li", "bulletList", (chain) => chain.toggleBulletList()),
    blockquote: block("blockquote", "blockquote", (chain) => chain.toggleQuote()),
    aside: block("aside", "note", (chain) => chain.toggleNote()),
  };
  const ol = block("ol", "orderedList", (chain) => chain.toggleOrderedList());
  const cite = {
    ...block("cite", "cite", (chain) => chain.addCite()),
    isPossible: () => editor.can().addCite(),
  };
  const offered = config.blocks.filter((tag) => tag in blocks);
  const marks = config.marks.filter(
    (tag) => !(content === "heading" && config.notInHeadings.includes(tag)),
  );
  const beside = { li: [ol], blockquote: [cite] };
  const isHeading = (tag) => tag.startsWith("h");
  const others = offered.filter((tag) => !isHeading(tag));
  return [
    ...(isBody ? [offered.filter(isHeading).map((tag) => blocks[tag])] : []),
    ...(isBody ? [others.flatMap((tag) => [blocks[tag], ...(beside[tag] ?? [])])] : []),
    ...(content === "quote" ? [[cite]] : []),
    marks.filter((tag) => PLAIN_MARKS[tag]).map((tag) => plainMark(editor, tag)),
    marks.filter((tag) => !PLAIN_MARKS[tag]).map((tag) => askingMark(editor, tag, config)),
    ["undo", "redo"].map((tag) => ({
      tag,
      isActive: () => false,
      isPossible: () => editor.can()[tag](),
      act: () => run()[tag]().run(),
    })),
  ];
}

const PLAIN_MARKS = { strong: "bold", em: "italic" };

function plainMark(editor, tag) {
  const name = PLAIN_MARKS[tag];
  return {
    tag,
    isActive: () => editor.isActive(name),
    isPossible: () => editor.can().toggleMark(name),
    act: () => editor.chain().focus().toggleMark(name).run(),
  };
}

/** Return the button of a mark that must be asked about: where to, which language, what for. */
function askingMark(editor, tag, config) {
  const { labels } = config;
  const [name, attribute, question] = {
    a: ["link", "href", { ...labels.link, check: (value) => address(value, config) }],
    span: [
      "foreign",
      "lang",
      {
        ...labels.foreign,
        suggestions: config.languages,
        check: (value) => (new RegExp(config.language).test(value.trim()) ? value.trim() : ""),
      },
    ],
    abbr: ["abbr", "title", { ...labels.meaning, check: (value) => value.trim() }],
  }[tag];
  const isActive = () => editor.isActive(name);
  const isPossible = () => isActive() || !editor.state.selection.empty;
  const act = async () => {
    const value = editor.getAttributes(name)[attribute] ?? "";
    const answer = await ask({ ...question, value }, labels);
    const chain = editor.chain().focus();
    if (answer === null) chain.run();
    else if (answer === "") chain.extendMarkRange(name).unsetMark(name).run();
    else if (isActive()) chain.extendMarkRange(name).setMark(name, { [attribute]: answer }).run();
    else chain.setMark(name, { [attribute]: answer }).run();
  };
  return { tag, isActive, isPossible, act };
}

/** Complete what people type for an address; '' if it cannot be linked to. */
function address(typed, config) {
  let value = typed.trim();
  if (/^[^\s@:/]+@[^\s@/]+\.[a-z]{2,}$/i.test(value)) value = `mailto:${value}`;
  else if (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(value)) value = `https://${value}`;
  return /\s/.test(value) || !mayLinkTo(value, config) ? "" : value;
}

function buttonFor(editor, item, labels) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rich-text__button";
  button.title = labels.buttons[item.tag];
  button.setAttribute("aria-label", button.title);
  button.dataset.mark = item.tag;
  button.tabIndex = -1;
  button.append(icon(ICONS[item.tag]));
  // The press must not take the choice of words away from the text.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => item.isPossible?.() !== false && item.act());
  return Object.assign(button, { item });
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function show(editor, buttons) {
  for (const button of buttons) {
    const { isActive, isPossible } = button.item;
    if (!["undo", "redo"].includes(button.item.tag)) {
      button.setAttribute("aria-pressed", String(isActive()));
    }
    button.setAttribute("aria-disabled", String(isPossible?.() === false));
  }
  if (!buttons.some((button) => button.tabIndex === 0)) buttons[0].tabIndex = 0;
}

function move(event, buttons) {
  const last = buttons.length - 1;
  const at = buttons.indexOf(document.activeElement);
  const next = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  buttons[at].tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}
