// One control for each kind of exercise. A control has the elements to put into the group, and
// show(answer), which makes the elements say what the answer says. It calls change(answer)
// when the learner changes something. Elements are made once and never replaced, so focus stays.

/** One or several options: radio buttons or check boxes. */
function optionControl(content, change, several) {
  const name = newId();
  const inputs = content.options.map((option) =>
    make("input", {
      type: several ? "checkbox" : "radio",
      name,
      id: newId(),
      value: option.id,
      onchange: () => {
        const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
        change(several ? chosen : chosen[0]);
      },
    }),
  );
  const rows = content.options.map((option, index) =>
    make("div", { class: "lesson-option" }, inputs[index],
      make("label", { for: inputs[index].id }, option.text)),
  );
  return {
    elements: rows,
    show(answer) {
      const chosen = several ? (answer ?? []) : [answer];
      for (const input of inputs) input.checked = chosen.includes(input.value);
    },
  };
}

/** A list to choose one thing from; nothing is chosen at first. */
function selectOf(choices, id, onchange) {
  const empty = make("option", { value: "" }, "Choose …");
  const options = choices.map((choice) => make("option", { value: choice.id }, choice.text));
  return make("select", { id, onchange }, empty, ...options);
}

/** Lines that each get a choice: sort and match. */
function linesControl(content, change) {
  const selects = content.lines.map(() =>
    selectOf(content.choices, newId(), () => {
      const chosen = content.lines.map((line, index) => [line.id, selects[index].value]);
      change(Object.fromEntries(chosen.filter(([, value]) => value)));
    }),
  );
  const rows = content.lines.map((line, index) =>
    make("div", { class: "lesson-line" },
      make("label", { for: selects[index].id }, line.text), selects[index]),
  );
  return {
    elements: rows,
    show(answer) {
      content.lines.forEach((line, index) => {
        selects[index].value = answer?.[line.id] ?? "";
      });
    },
  };
}

/** The first few of a list, in order. */
function rankControl(content, change) {
  const said = make("p", { class: "lesson-said", role: "status" });
  const names = Object.fromEntries(content.choices.map((choice) => [choice.id, choice.text]));
  const chosen = () => selects.map((select) => select.value).filter(Boolean);
  const selects = Array.from({ length: content.top }, (_, place) =>
    selectOf(content.choices, newId(), () => {
      offer();
      const left = content.top - chosen().length;
      const now = names[selects[place].value] ?? "nothing";
      setText(said, `Place ${place + 1}: ${now}. ${left ? `${left} to choose.` : "All chosen."}`);
      change(chosen());
    }),
  );
  /** What has a place is not offered again: arrow keys would take it away in passing. */
  function offer() {
    for (const select of selects) {
      for (const option of select.options) {
        option.disabled = option.value !== "" && option.value !== select.value
          && chosen().includes(option.value);
      }
    }
  }
  const rows = selects.map((select, place) =>
    make("div", { class: "lesson-line" },
      make("label", { for: select.id }, `Place ${place + 1}`), select),
  );
  return {
    elements: [...rows, said],
    show(answer) {
      // A place left open for now stays open while the others are chosen.
      if (JSON.stringify(chosen()) !== JSON.stringify(answer ?? [])) {
        selects.forEach((select, place) => {
          select.value = answer?.[place] ?? "";
        });
      }
      offer();
    },
  };
}

/** A number with its unit. */
function estimateControl(content, change) {
  const id = newId();
  const said = make("p", { class: "lesson-said", role: "status" });
  const input = make("input", {
    id,
    type: "number",
    step: "any",
    inputmode: "decimal",
    onchange: () => {
      // What is no number stands in the field and reads as empty; the answer stays as it was.
      const slip = input.validity.badInput;
      setText(said, slip ? "That is no number yet; write digits, such as 12.5." : "");
      if (!slip) change(input.value === "" ? null : input.valueAsNumber);
    },
  });
  const label = make("label", { for: id }, `Your estimate, in ${content.unit}`);
  return {
    elements: [make("div", { class: "lesson-line" }, label, input), said],
    show(answer) {
      const text = answer == null ? "" : String(answer);
      if (input.valueAsNumber !== answer && !input.validity.badInput) input.value = text;
    },
  };
}

/** Free text. */
function writeControl(content, change) {
  return textField("Your answer", 6, change);
}
