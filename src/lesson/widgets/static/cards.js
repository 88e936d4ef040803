// The view of a deck of evidence cards. Each card shows who published what and when; what it
// says opens on a press, and the opening is remembered.

const FIELDS = [
  ["says", "What it says"],
  ["shows", "What it can show"],
  ["cannot_show", "What it cannot show"],
  ["strength", "How strong it is"],
];

function cardView(card, open) {
  const bodyId = newId();
  const fields = FIELDS.flatMap(([name, title]) => [make("dt", {}, title), make("dd", {}, card[name])]);
  const body = make("div", { id: bodyId, hidden: true }, make("dl", {}, ...fields),
    make("p", {}, link(card.address, "Go to the source"), ` (${card.address})`));
  const button = make("button", {
    type: "button",
    class: "lesson-card-title",
    "aria-expanded": "false",
    "aria-controls": bodyId,
    onclick: () => {
      body.hidden = !body.hidden;
      button.setAttribute("aria-expanded", String(!body.hidden));
      if (!body.hidden) open(card.id);
    },
  }, card.title);
  const opened = make("span", { class: "lesson-opened" });
  const about = `${card.publisher} (${card.publisher_kind}), ${card.date}. ${card.when}`;
  const element = make("li", { class: "lesson-card" }, button,
    make("p", { class: "lesson-card-about" }, about, opened), body);
  return {
    id: card.id,
    element,
    show: (seen) => setText(opened, seen ? ` Opened ${seen}.` : ""),
  };
}

function render({ model, el }) {
  adopt(el);
  const content = model.get("content");
  const views = content.cards.map((card) => cardView(card, (id) => model.send({ do: "open", card: id })));
  const titleId = newId();
  const saved = make("p", { class: "lesson-saved", role: "status" });
  el.append(make("section", { "aria-labelledby": titleId },
    make("p", { class: "lesson-deck-title", id: titleId }, content.title),
    make("ul", { class: "lesson-cards" }, ...views.map((view) => view.element)), saved));
  const show = () => {
    const state = model.get("state");
    for (const view of views) view.show(state.opened[view.id]);
    setText(saved, state.saved);
    saved.classList.toggle("lesson-problem", state.problem);
  };
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
}

export default { render };
