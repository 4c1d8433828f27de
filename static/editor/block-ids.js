/**
 * Keeps every block's id its own while a text is edited.
 *
 * The first part of a split paragraph keeps the id, a copy gets a new one, and a paragraph made
 * into a quote or a list item hands its id on.
 */

const LISTS = ["bulletList", "orderedList"];
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

export function blockIds({ Extension, Plugin }, types) {
  return Extension.create({
    name: "blockIds",
    addGlobalAttributes() {
      const bid = {
        default: null,
        keepOnSplit: false,
        parseHTML: (element) => element.getAttribute("data-bid"),
        renderHTML: ({ bid }) => (bid ? { "data-bid": bid } : {}),
      };
      return [{ types, attributes: { bid } }];
    },
    addProseMirrorPlugins() {
      return [
        new Plugin({
          appendTransaction: (transactions, before, state) =>
            transactions.some((change) => change.docChanged) ? repair(before, state) : null,
        }),
      ];
    },
  });
}

function repair(before, state) {
  const changes = [];
  const taken = new Set();
  const blocks = blocksOf(state.doc);
  const lost = lostIds(before.doc, blocks);
  blocks.forEach(({ node, position }, index) => {
    let bid = node.attrs.bid;
    node.descendants((inner, offset) => {
      if (!inner.attrs.bid) return;
      bid ||= inner.attrs.bid;
      changes.push([position + 1 + offset, null]);
    });
    const next = blocks[index + 1];
    const isNew = next && [null, bid].includes(next.node.attrs.bid);
    if (bid && isEmptied(node) && isNew && next.node.textContent) {
      // Enter was pressed before the first letter: the words keep the id.
      next.inherited = bid;
      bid = null;
    }
    bid = blocks[index].inherited ?? bid ?? lost.get(node.textContent);
    if (!bid || taken.has(bid)) bid = mint(taken);
    taken.add(bid);
    if (bid !== node.attrs.bid) changes.push([position, bid]);
  });
  if (!changes.length) return null;
  const { tr } = state;
  for (const [position, bid] of changes) tr.setNodeAttribute(position, "bid", bid);
  return tr;
}

/** Return the ids that the last change took off, by text: a list item made a paragraph again. */
function lostIds(doc, blocks) {
  const kept = new Set(blocks.map(({ node }) => node.attrs.bid));
  const lost = blocksOf(doc).filter(({ node }) => node.textContent && !kept.has(node.attrs.bid));
  return new Map(lost.map(({ node }) => [node.textContent, node.attrs.bid]));
}

function blocksOf(doc) {
  const blocks = [];
  doc.forEach((node, position) => {
    if (!LISTS.includes(node.type.name)) blocks.push({ node, position });
    else node.forEach((item, at) => blocks.push({ node: item, position: position + 1 + at }));
  });
  return blocks;
}

function isEmptied(node) {
  return !node.textContent && !["figure", "embed"].includes(node.type.name);
}

function mint(taken) {
  let bid;
  do {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    bid = Array.from(bytes, (byte) => ALPHABET[byte % 32]).join("");
  } while (taken.has(bid));
  return bid;
}
