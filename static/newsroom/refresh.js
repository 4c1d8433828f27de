/**
 * refresh({id: html, …}) lets elements of the page say what the server says of them now.
 *
 * What is still there stays the same element: the focus, open and closed folds, inputs and what is
 * said of them remain. Parts that are not on this page are passed over.
 */
const TYPED = ".row, input, select, textarea";
const OPENED = "open";
const KEYS = ["id", "href", "formaction"];

export function refresh(parts) {
  for (const [id, html] of Object.entries(parts)) {
    const part = document.getElementById(id);
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(id);
    if (part && fresh) refreshOne(part, fresh);
  }
}

function refreshOne(part, fresh) {
  const focused = document.activeElement;
  become(part, fresh);
  if (focused.isConnected) return;
  [...part.querySelectorAll(focused.nodeName)].find((node) => isSame(node, focused))?.focus();
}

function become(node, fresh) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
  } else if (!node.matches(TYPED) && !node.isEqualNode(fresh)) {
    takeAttributes(node, fresh);
    takeChildren(node, fresh);
  }
}

function takeAttributes(node, fresh) {
  for (const { name } of [...node.attributes]) {
    if (name !== OPENED && !fresh.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== OPENED && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

function takeChildren(node, fresh) {
  let next = node.firstChild;
  for (const child of [...fresh.childNodes]) {
    const match = counterpart(next, child);
    if (!match) {
      node.insertBefore(child, next);
      continue;
    }
    while (next !== match) next = dropped(next);
    next = match.nextSibling;
    become(match, child);
  }
  while (next) next = dropped(next);
}

/** Return the element, here or further on, that is the child; a text only if it is here. */
function counterpart(node, child) {
  if (child.nodeType !== Node.ELEMENT_NODE) return node?.nodeName === child.nodeName ? node : null;
  while (node && !isSame(node, child)) node = node.nextSibling;
  return node;
}

function isSame(node, child) {
  return (
    node.nodeName === child.nodeName &&
    node.classList[0] === child.classList[0] &&
    KEYS.every((name) => node.getAttribute(name) === child.getAttribute(name))
  );
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
