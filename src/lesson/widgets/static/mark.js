// Marking stretches of the article, word by word or sentence by sentence.
//
// The text is one list box. Its options are words or sentences; one of them is in the tab order
// and the arrow keys move from there. The answer is a list of [part, start, end].

function markControl(content, change) {
  const words = [];
  const sentences = [];
  const said = make("p", { class: "lesson-said", role: "status" });
  const box = make("div", {
    class: "lesson-text",
    role: "listbox",
    "aria-multiselectable": "true",
    "aria-label": content.question,
    "aria-orientation": "horizontal",
  });
  let bySentence = false;
  let current = 0;
  let dragging = null;

  for (const passage of content.passages) {
    const paragraph = make("p", { role: "group", "aria-label": passage.name });
    for (const list of passage.sentences) {
      const sentence = { element: make("span"), words: [] };
      for (const [start, end, before, text] of list) {
        const element = make("span", { class: "lesson-word" }, text);
        const word = { element, text, part: passage.part, start, end, marked: false };
        word.sentence = sentences.length;
        element.lessonWord = words.length;
        words.push(word);
        sentence.words.push(word);
        sentence.element.append(before, element);
      }
      sentences.push(sentence);
      paragraph.append(sentence.element);
    }
    paragraph.append(passage.rest);
    box.append(paragraph);
  }

  const units = () => (bySentence ? sentences : words);
  const wordsOf = (index) => (bySentence ? sentences[index].words : [words[index]]);
  const textOf = (list) => list.map((word) => word.text).join(" ");

  /** Put the roles on words or on sentences, whichever is marked now. */
  function assignRoles() {
    const [active, idle] = bySentence ? [sentences, words] : [words, sentences];
    for (const { element } of idle) {
      for (const name of ["role", "aria-selected", "tabindex"]) element.removeAttribute(name);
    }
    for (const { element } of active) {
      element.setAttribute("role", "option");
      element.setAttribute("tabindex", "-1");
    }
    for (const { element } of bySentence ? sentences : []) element.classList.add("lesson-unit");
    for (const { element } of bySentence ? [] : sentences) element.classList.remove("lesson-unit");
    active[current].element.setAttribute("tabindex", "0");
    paint(words);
  }

  function paint(changed) {
    for (const word of changed) {
      word.element.classList.toggle("lesson-marked", word.marked);
      if (!bySentence) word.element.setAttribute("aria-selected", String(word.marked));
    }
    if (!bySentence) return;
    for (const index of new Set(changed.map((word) => word.sentence))) {
      const all = sentences[index].words.every((word) => word.marked);
      sentences[index].element.setAttribute("aria-selected", String(all));
    }
  }

  function say(text) {
    const total = words.filter((word) => word.marked).length;
    setText(said, `${text} ${total} ${total === 1 ? "word" : "words"} marked in all.`);
  }

  /** The marked words as stretches: neighbors in one part are one stretch. */
  function answer() {
    const spans = [];
    let last = null;
    for (const word of words) {
      if (word.marked && last?.marked && last.part === word.part) spans.at(-1)[2] = word.end;
      else if (word.marked) spans.push([word.part, word.start, word.end]);
      last = word;
    }
    return spans;
  }

  function mark(list, marked) {
    for (const word of list) word.marked = marked;
    paint(list);
    const shown = list.length > 12 ? `${textOf(list.slice(0, 12))} …` : textOf(list);
    say(`${marked ? "Marked" : "Not marked any more"}: ${shown}.`);
    change(answer());
  }

  function toggle(index) {
    const list = wordsOf(index);
    mark(list, !list.every((word) => word.marked));
  }

  function moveTo(index) {
    const target = Math.min(Math.max(index, 0), units().length - 1);
    units()[current].element.setAttribute("tabindex", "-1");
    current = target;
    units()[current].element.setAttribute("tabindex", "0");
    units()[current].element.focus();
  }

  function firstOfSentence(step) {
    if (bySentence) return current + step;
    const next = sentences[words[current].sentence + step];
    return next ? words.indexOf(next.words[0]) : current;
  }

  box.addEventListener("keydown", (event) => {
    const moves = {
      ArrowRight: () => current + 1,
      ArrowLeft: () => current - 1,
      ArrowDown: () => firstOfSentence(1),
      ArrowUp: () => firstOfSentence(-1),
      Home: () => 0,
      End: () => units().length - 1,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " || event.key === "Enter") toggle(current);
    else if (moves[event.key]) {
      const from = current;
      moveTo(moves[event.key]());
      // With Shift, the mark is drawn along, as when selecting text.
      if (event.shiftKey && current !== from) {
        mark([...wordsOf(from), ...wordsOf(current)], true);
      }
    } else return;
    event.preventDefault();
  });

  const indexAt = (event) => {
    const element = document.elementFromPoint(event.clientX, event.clientY);
    const word = element?.closest?.(".lesson-word");
    if (!word || !box.contains(word)) return -1;
    return bySentence ? words[word.lessonWord].sentence : word.lessonWord;
  };
  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const index = indexAt(event);
    if (index < 0) return;
    event.preventDefault();
    dragging = { from: index, to: index };
    moveTo(index);
  });
  box.addEventListener("pointermove", (event) => {
    const index = dragging ? indexAt(event) : -1;
    if (index >= 0) dragging.to = index;
  });
  // A touch that becomes a scroll marks nothing.
  box.addEventListener("pointercancel", () => { dragging = null; });
  // Voice control and switches click without a pointer.
  box.addEventListener("click", (event) => {
    const unit = event.detail === 0 && event.target.closest?.("[role=option]");
    if (unit) toggle(units().findIndex(({ element }) => element === unit));
  });
  window.addEventListener("pointerup", finish);
  function finish() {
    if (!box.isConnected) return;
    if (!dragging) return;
    const [low, high] = [dragging.from, dragging.to].sort((a, b) => a - b);
    dragging = null;
    if (low === high) return toggle(low);
    const list = [];
    for (let index = low; index <= high; index += 1) list.push(...wordsOf(index));
    mark(list, !list.every((word) => word.marked));
  }

  const name = newId();
  const unitChoice = ["word", "sentence"].map((unit) => {
    const input = make("input", {
      type: "radio",
      name,
      id: newId(),
      checked: unit === "word",
      onchange: () => {
        const word = bySentence ? words.indexOf(sentences[current].words[0]) : current;
        bySentence = unit === "sentence";
        current = bySentence ? words[word].sentence : word;
        assignRoles();
      },
    });
    return make("span", { class: "lesson-option" }, input,
      make("label", { for: input.id }, `${unit} by ${unit}`));
  });
  assignRoles();

  return {
    elements: [
      make("div", { class: "lesson-units", role: "group", "aria-label": "How to mark" },
        "Mark ", ...unitChoice),
      box,
      said,
    ],
    show(spans) {
      // Words run through each part in order; with its spans in order too, one pass is enough.
      const waiting = {};
      for (const [part, start, end] of spans ?? []) (waiting[part] ??= []).push([start, end]);
      for (const list of Object.values(waiting)) list.sort((one, two) => two[0] - one[0]);
      const reached = {};
      const changed = words.filter((word) => {
        const list = waiting[word.part] ?? [];
        while (list.length && list.at(-1)[0] < word.end) {
          reached[word.part] = Math.max(reached[word.part] ?? 0, list.pop()[1]);
        }
        const marked = (reached[word.part] ?? 0) > word.start;
        if (marked === word.marked) return false;
        word.marked = marked;
        return true;
      });
      paint(changed);
    },
    stop: () => window.removeEventListener("pointerup", finish),
  };
}
