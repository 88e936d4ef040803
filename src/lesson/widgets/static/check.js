// The view of the check before and after the lesson: the half of the class, then the posts of one
// form. Nothing is judged, so there is no button; every change is saved.

/** A named group of radio buttons; nothing is chosen at first. */
function radioGroup(legend, options, choose) {
  const name = newId();
  const inputs = options.map((option) =>
    make("input", {
      type: "radio", name, id: newId(), value: option.id, onchange: () => choose(option.id),
    }));
  const rows = options.map((option, index) =>
    make("div", { class: "lesson-option" }, inputs[index],
      make("label", { for: inputs[index].id }, option.text)));
  return {
    element: make("fieldset", {}, make("legend", {}, legend), ...rows),
    show(chosen) {
      for (const input of inputs) input.checked = input.value === chosen;
    },
  };
}

function postView(content, post, place, total, change) {
  const rely = radioGroup(content.question, [
    { id: "yes", text: content.rely },
    { id: "no", text: content.do_not_rely },
  ], (chosen) => change(post.id, { rely: chosen === "yes" }));
  const use = textField(content.use, 2, (text) => change(post.id, { use: text }));
  const reason = textField(content.reason, 2, (text) => change(post.id, { reason: text }));
  const textId = newId();
  return {
    id: post.id,
    element: make("fieldset", { "aria-describedby": textId },
      make("legend", {}, `Post ${place} of ${total}. ${post.posted}`),
      make("p", { id: textId }, post.text),
      rely.element, ...use.elements, ...reason.elements),
    show(given) {
      rely.show(given?.rely === true ? "yes" : given?.rely === false ? "no" : "");
      use.show(given?.use);
      reason.show(given?.reason);
    },
  };
}

function render({ model, el }) {
  adopt(el);
  const content = model.get("content");
  const howId = newId();
  const saved = make("p", { class: "lesson-saved", role: "status" });
  const posts = make("div", {});
  let views = [];
  let shown = "[]";

  function keep(answer) {
    model.set("answer", answer);
    model.save_changes();
  }
  /** Change one post; what was answered on the other form stays. */
  function change(id, given) {
    const answer = model.get("answer") ?? {};
    const items = answer.items ?? {};
    keep({ ...answer, items: { ...items, [id]: { ...items[id], ...given } } });
  }
  const half = radioGroup(content.half, content.halves, (chosen) => {
    const answer = model.get("answer") ?? {};
    keep({ ...answer, half: chosen, items: answer.items ?? {} });
  });
  el.append(make("fieldset", { "aria-describedby": howId },
    make("legend", {}, content.title), make("p", { id: howId }, content.how),
    half.element, posts, saved));

  function showAnswer() {
    const answer = model.get("answer");
    half.show(answer?.half);
    for (const view of views) view.show(answer?.items?.[view.id]);
  }
  function showState() {
    const state = model.get("state");
    // Made anew only for another form, so that focus and half-typed words stay.
    if (shown !== JSON.stringify(state.items)) {
      shown = JSON.stringify(state.items);
      views = state.items.map((post, index) =>
        postView(content, post, index + 1, state.items.length, change));
      posts.replaceChildren(...views.map((view) => view.element));
    }
    showAnswer();
    setText(saved, state.saved);
    saved.classList.toggle("lesson-problem", state.problem);
  }
  showState();
  model.on("change:answer", showAnswer);
  model.on("change:state", showState);
  return () => {
    model.off("change:answer", showAnswer);
    model.off("change:state", showState);
  };
}

export default { render };
