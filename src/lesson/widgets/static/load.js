// Loading downloaded work: a file field with its label, what came of it, and loaded work that is
// kept beside the learner's own, each with a button to take it.

function render({ model, el }) {
  adopt(el);
  const content = model.get("content");
  const id = newId();
  const said = make("p", { class: "lesson-summary", role: "status", tabindex: "-1" });
  const input = make("input", { id, type: "file", accept: ".html,.json" });
  const kept = make("div");
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    said.textContent = "";
    if (file.size > content.largest) {
      said.textContent = content.too_large;
      said.classList.add("lesson-problem");
    } else {
      model.send({ do: "load" }, undefined, [await file.arrayBuffer()]);
    }
    // The same file can be chosen once more.
    input.value = "";
  });
  el.append(make("div", { class: "lesson-line" },
    make("label", { for: id }, content.label), input), said, kept);

  function keptItem(entry) {
    const take = make("button", {
      type: "button",
      "aria-label": `Take the loaded work on: ${entry.question}`,
      onclick: () => {
        said.textContent = "";
        model.send({ do: "take", item: entry.item });
        said.focus();
      },
    }, "Take the loaded one");
    return make("li", {}, make("p", {}, make("strong", {}, entry.question)),
      make("p", { dir: "auto" }, entry.words || "steps only, no answer"), take);
  }

  function show() {
    const state = model.get("state");
    setText(said, state.said);
    said.classList.toggle("lesson-problem", state.problem);
    kept.replaceChildren(...(state.kept.length
      ? [make("p", {}, "Where your own work differs, it stays as it is. Kept beside it:"),
        make("ul", {}, ...state.kept.map(keptItem))]
      : []));
  }
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
}

export default { render };
