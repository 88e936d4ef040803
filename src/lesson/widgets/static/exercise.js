// The view of an exercise: a group named by its question, its control, three buttons, and what
// came of them. Python decides everything; this draws `content` once and `answer` and `state`
// whenever they change.

const CONTROLS = {
  choose: (content, change) => optionControl(content, change, false),
  "choose-many": (content, change) => optionControl(content, change, true),
  sort: linesControl,
  match: linesControl,
  rank: rankControl,
  estimate: estimateControl,
  write: writeControl,
  mark: markControl,
};

function noteItem(note) {
  const place = note.at ? make("span", { class: "lesson-at" }, ` ${note.at}`) : "";
  return make("li", { "data-verdict": note.verdict },
    make("strong", {}, `${note.verdict}: `), make("em", {}, note.subject),
    note.text || note.at ? " —" : "",
    note.text ? ` ${note.text}` : "", place);
}

function explanationParts(explanation) {
  const parts = [make("p", {}, explanation.text)];
  if (explanation.model_answer) {
    parts.push(make("p", {}, make("strong", {}, "A model answer: "), explanation.model_answer));
  }
  if (explanation.levels?.length) {
    const items = explanation.levels.map((level) =>
      make("li", {}, make("strong", {}, `${level.name}: `), level.sample));
    parts.push(make("p", {}, "How such answers can look, from a start to a strong one:"),
      make("ol", {}, ...items));
  }
  if (explanation.contested) {
    parts.push(make("p", {}, make("strong", {}, "Open to argument: "), explanation.contested));
  }
  parts.push(make("p", {}, make("strong", {}, "How a fact-checker goes on: "),
    explanation.next_step));
  if (explanation.sources.length) {
    const items = explanation.sources.map((source) =>
      make("li", {}, link(source.address, source.name), `, ${source.date}: ${source.says}`));
    parts.push(make("p", {}, "Where this is from:"), make("ul", {}, ...items));
  }
  return parts;
}

function render({ model, el }) {
  adopt(el);
  const content = model.get("content");
  const questionId = newId();
  const summary = make("p", { class: "lesson-summary", role: "status" });
  const notes = make("ul", { class: "lesson-notes" });
  const hint = make("div", { class: "lesson-hint", role: "status" });
  const explanation = make("div", { class: "lesson-explanation" });
  const saved = make("p", { class: "lesson-saved", role: "status" });
  const change = (answer) => {
    model.set("answer", answer ?? null);
    model.save_changes();
    showReady();
  };
  const act = (name) => (event) => {
    // A button that can do nothing yet keeps its place in the tab order and says so.
    if (event.currentTarget.getAttribute("aria-disabled") === "true") {
      setText(summary, "Choose or write something first, then check it.");
    } else {
      // Emptied first, so that the same words are announced again after a second check.
      if (name === "check") summary.textContent = "";
      // The answer goes along: a change made a moment ago may not have arrived yet.
      model.send({ do: name, answer: model.get("answer") });
    }
  };
  const check = make("button", { type: "button", class: "lesson-check", onclick: act("check") },
    "");
  const first = content.kind === "write" && !content.withheld ? "I am done: compare" : "Check";
  const openHint = make("button", { type: "button", onclick: act("hint") }, "Hint");
  const explain = make("button", { type: "button", onclick: act("explain") }, "Explanation");
  const control = CONTROLS[content.kind](content, change);

  const group = make("fieldset", { "aria-describedby": `${questionId}-how` },
    make("legend", { id: questionId }, content.question),
    make("p", { class: "lesson-how", id: `${questionId}-how` }, content.instruction),
    ...control.elements,
    make("div", { class: "lesson-buttons" }, check, openHint, explain),
    summary, notes, hint, explanation, saved);
  el.append(group);

  /** Hide a button that has nothing to do; if it had the focus, hand that to what it opened. */
  function offer(button, useful, opened) {
    const focused = document.activeElement === button;
    button.hidden = !useful;
    if (focused && !useful) {
      opened.tabIndex = -1;
      opened.focus();
    }
  }

  /** Say whether there is something to check, without waiting for Python to say so. */
  function showReady() {
    const answer = model.get("answer");
    const empty = typeof answer === "string" ? !answer.trim()
      : answer == null || (typeof answer === "object" && !Object.keys(answer).length);
    check.setAttribute("aria-disabled", String(empty));
  }
  function showAnswer() {
    control.show(model.get("answer"));
    showReady();
  }
  let explained = "";
  function showState() {
    const state = model.get("state");
    setText(check, state.attempts && content.kind !== "write" ? "Check again" : first);
    setText(summary, state.summary);
    notes.replaceChildren(...state.notes.map(noteItem));
    setText(hint, state.hint ? `Hint: ${state.hint.text} ${state.hint.at}` : "");
    // Redrawn only when new, so that a reader on one of its links stays there.
    if (explained !== JSON.stringify(state.explanation)) {
      explained = JSON.stringify(state.explanation);
      explanation.replaceChildren(...(state.explanation ? explanationParts(state.explanation) : []));
    }
    setText(saved, state.saved);
    saved.classList.toggle("lesson-problem", state.problem);
    offer(openHint, state.can_hint && !state.hint, hint);
    offer(explain, state.can_explain, explanation);
  }
  showAnswer();
  showState();
  model.on("change:answer", showAnswer);
  model.on("change:state", showState);
  return () => {
    model.off("change:answer", showAnswer);
    model.off("change:state", showState);
    control.stop?.();
  };
}

export default { render };
