/** A labeled field for text, sent a moment after the last key and when the field is left. */
function textField(label, rows, change) {
  const id = newId();
  let waiting = 0;
  const send = () => {
    clearTimeout(waiting);
    change(area.value);
  };
  const area = make("textarea", {
    id,
    rows: String(rows),
    maxlength: "100000",
    dir: "auto",
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(send, 400);
    },
    onchange: send,
  });
  return {
    elements: [make("label", { for: id }, label), area],
    show(text) {
      // While someone writes, the field is right and the saved text is behind it.
      if (document.activeElement !== area) area.value = text ?? "";
    },
  };
}
