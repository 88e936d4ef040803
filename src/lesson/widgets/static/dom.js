// Small helpers shared by the views. Text from the key, the article or an answer only ever
// enters the page as text nodes and attributes, never as markup.

let count = 0;

/** A new id, so that labels find their fields even when one exercise is shown twice. */
const newId = () => `lesson-${(count += 1)}-${Math.random().toString(36).slice(2, 8)}`;

/** Make an element: attributes, then children (elements or text). */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== ""));
  return element;
}

/** A link to a source; other schemes than http(s) are shown as plain text. */
function link(address, text) {
  if (!/^https?:\/\//.test(address)) return document.createTextNode(text);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Prepare the element that a notebook gives us. */
function adopt(el) {
  // Otherwise arrow keys and letters typed here would drive the notebook's own shortcuts. Its
  // key bindings look for this mark on the focused element itself, so each gets it on focus.
  el.addEventListener("focusin", ({ target }) => {
    target.dataset.lmSuppressShortcuts = "true";
  });
  el.classList.add("lesson");
  return el;
}

/** Set a text only when it is new, so that a live region does not repeat itself. */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
