// The view of the map of distances. Python measures and draws; this sends what the learner
// wishes and shows the picture, the sentence and the table that come back.

function slider(label, [min, max, step], move) {
  const id = newId();
  // For the eye alone: a screen reader has the slider's own text.
  const shown = make("span", { class: "lesson-value", "aria-hidden": "true" });
  const say = () => {
    input.setAttribute("aria-valuetext", `${input.value} kilometers`);
    setText(shown, `${input.value} km`);
  };
  const tell = (settled) => {
    say();
    move(input.valueAsNumber, settled);
  };
  const input = make("input", {
    id, type: "range", min, max, step, oninput: () => tell(false), onchange: () => tell(true),
  });
  return {
    row: make("div", { class: "lesson-line" }, make("label", { for: id }, label), input, shown),
    show(value) {
      input.value = value;
      say();
    },
  };
}

function degrees(label, described, move) {
  const id = newId();
  let typing = false;
  const input = make("input", {
    id, type: "number", step: "any", inputmode: "decimal", "aria-describedby": described,
    oninput: () => { typing = true; },
    onchange: () => { typing = false; move(); },
    onblur: () => { typing = false; }, // the same number typed anew is no change
  });
  return {
    input,
    row: make("div", { class: "lesson-pin" }, make("label", { for: id }, label), input),
    show(value) {
      if (!typing && input.valueAsNumber !== value) input.value = value;
    },
  };
}

/** Something wide: on a narrow page it scrolls by itself, also with the arrow keys. */
const scrolled = (name, child) =>
  make("div", { class: "lesson-map", role: "group", "aria-label": name, tabindex: "0" }, child);

function download(name, type, bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const anchor = make("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function render({ model, el }) {
  adopt(el).classList.add("lesson-wide");
  const content = model.get("content");
  const line = newestOnly((request) => model.send({ do: "move", ...request }));
  const move = (changes, settled) => line.wish({ changes, ...(settled && { settled }) });
  const put = (changes) => line.wish({ changes, pointer: null, settled: true });
  const distance = slider(`Distance from the border of ${content.border}`, content.distances,
    (value, settled) => move({ distance: value }, settled));
  const tolerance = slider("Tolerance, more or less", content.tolerances,
    (value, settled) => move({ tolerance: value }, settled));
  const townId = newId();
  const town = make("select", { id: townId, onchange: () => put({ town: town.value }) },
    make("option", { value: "" }, "your own pin"),
    ...content.towns.map((entry) => make("option", { value: entry.id }, entry.text)));
  const place = () => put({
    town: "",
    latitude: latitude.input.valueAsNumber,
    longitude: longitude.input.valueAsNumber,
  });
  const saved = make("p", { class: "lesson-saved", role: "status", id: newId() });
  const latitude = degrees("Pin, latitude (° north)", saved.id, place);
  const longitude = degrees("Pin, longitude (° east)", saved.id, place);
  const image = make("img", {
    onclick: (event) => line.wish({
      changes: {},
      pointer: [event.offsetX / image.clientWidth, event.offsetY / image.clientHeight],
      settled: true,
    }),
  });
  const sentence = make("p", { role: "status" });
  const head = make("tr");
  const body = make("tbody");
  const save = (kind) => make("button", {
    type: "button", onclick: () => model.send({ do: "save", kind }),
  }, `Save as ${kind.toUpperCase()}`);
  const titleId = newId();
  el.append(make("section", { "aria-labelledby": titleId },
    make("p", { class: "lesson-deck-title", id: titleId }, "The map of distances"),
    distance.row, tolerance.row,
    make("div", { class: "lesson-line" }, make("label", { for: townId }, "Measure from"), town),
    make("div", { class: "lesson-line" }, latitude.row, longitude.row),
    make("p", { class: "lesson-how" }, "You can also click on the map to put the pin there."),
    saved,
    scrolled("The map", image), sentence,
    make("details", {}, make("summary", {}, "The same as a table"),
      scrolled("The table", make("table", {}, make("thead", {}, head), body))),
    make("div", { class: "lesson-buttons" }, save("png"), save("svg"))));

  let shown = null;
  function showPicture() {
    const before = shown;
    shown = URL.createObjectURL(new Blob([model.get("picture")], { type: "image/png" }));
    image.onload = () => before && URL.revokeObjectURL(before);
    image.src = shown;
  }
  function showState() {
    const state = model.get("state");
    if (!line.answered()) { // else the learner is ahead of this answer; do not pull back
      distance.show(state.setting.distance);
      tolerance.show(state.setting.tolerance);
      town.value = state.setting.town;
      if (!state.problem) { // what could not be taken stays in its field, to be mended
        latitude.show(Number(state.setting.latitude.toFixed(3)));
        longitude.show(Number(state.setting.longitude.toFixed(3)));
      }
    }
    image.alt = state.sentence;
    setText(sentence, state.sentence);
    head.replaceChildren(...state.header.map((cell) => make("th", { scope: "col" }, cell)));
    body.replaceChildren(...state.rows.map(([name, ...cells]) =>
      make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell)))));
    setText(saved, state.saved);
    saved.classList.toggle("lesson-problem", state.problem);
  }
  function receive(message, buffers) {
    const type = message.file === "svg" ? "image/svg+xml" : "image/png";
    if (message.file) download(`map-of-distances.${message.file}`, type, buffers[0]);
  }
  showPicture();
  showState();
  model.on("change:picture", showPicture);
  model.on("change:state", showState);
  model.on("msg:custom", receive);
  return () => {
    model.off("change:picture", showPicture);
    model.off("change:state", showState);
    model.off("msg:custom", receive);
    URL.revokeObjectURL(shown);
  };
}

export default { render };
