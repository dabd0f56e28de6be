// Tells the values of a chart's marks: to a pointer, a finger and arrow keys, and so to screen readers. What it tells are
// the rows of the table behind the chart; without it they stand there all the same.
(() => {
  const DRAWING = "http://www.w3.org/2000/svg";
  let close = () => {};

  const wordsOf = (node) =>
    node.nodeType === document.TEXT_NODE ? node.data.trim() : [...node.childNodes].map(wordsOf).filter(Boolean).join(" ");

  const wordsIn = (cell, kind) =>
    [...cell.childNodes].filter((node) => (node.matches?.(kind) ?? kind !== "small")).map(wordsOf).filter(Boolean).join(" ");

  const rowsOf = (name) =>
    [...document.querySelectorAll(`table[data-of="${name}"]`)].flatMap((table) => {
      const heads = [...table.tHead.rows[0].cells].map(wordsOf);
      return [...table.tBodies[0].rows].map((row) => {
        const [head, ...cells] = row.cells;
        // What is small below the name of a row tells of it what happened then.
        const [title, note] = [":not(small)", "small"].map((kind) => wordsIn(head, kind));
        return { title, note, facts: cells.map((cell, at) => [heads[at + 1], wordsOf(cell)]).filter(([, text]) => text) };
      });
    });

  const element = (name, ...content) => {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  };

  const makeTelling = (chart) => {
    const svg = chart.querySelector("svg");
    const isAcross = svg.dataset.across !== undefined;
    const rows = rowsOf(chart.dataset.of);
    let [x, y] = [0, 0];
    // Each place is told from the last.
    const placeOf = (step) => {
      const [right, down] = step.split(",").map(Number);
      return { x: (x += right), y: (y += down) };
    };
    const marks = (svg.dataset.across ?? svg.dataset.down)
      .split(";")
      .map((step, at) => step && { ...placeOf(step), row: rows[at] })
      .filter((mark) => mark?.row)
      .sort((a, b) => (isAcross ? a.x - b.x : a.y - b.y));
    if (!marks.length) return;
    const { width, height } = svg.viewBox.baseVal;
    const told = element("div");
    told.className = "told";
    told.ariaHidden = "true";
    told.hidden = true;
    const mark = document.createElementNS(DRAWING, "path");
    mark.setAttribute("class", "at");
    let at = isAcross ? marks.length - 1 : 0;

    const say = () => {
      const { title, note, facts } = marks[at].row;
      chart.ariaValueNow = String(at + 1);
      chart.ariaValueText = [title, note, ...facts.map(([head, text]) => `${head} ${text}`)].filter(Boolean).join("; ");
    };

    // Where a pointer gets to it without crossing another mark: below or above what lies side by side, beside what lies in rows where there is room.
    const place = ({ x, y }) => {
      const box = svg.getBoundingClientRect();
      const size = { width: told.offsetWidth, height: told.offsetHeight };
      const within = (value, most) => Math.max(0, Math.min(value, most));
      const [left, top] = [(x * box.width) / width, (y * box.height) / height];
      const isLow = box.bottom + size.height > globalThis.innerHeight && box.top > size.height;
      const beside = left > box.width / 2 ? left - size.width - 9 : left + 9;
      const hasRoom = beside >= 0 && beside + size.width <= box.width;
      const middle = hasRoom ? within(top - size.height / 2, box.height - size.height) : top + 12;
      told.style.left = `${within(isAcross ? left - size.width / 2 : beside, box.width - size.width)}px`;
      told.style.top = `${isAcross ? (isLow ? -size.height : box.height) : middle}px`;
    };

    const show = (next) => {
      if (next === at && !told.hidden) return;
      close();
      close = hide;
      at = next;
      say();
      const { x, y, row } = marks[at];
      const facts = row.facts.flatMap(([head, text]) => [element("dt", head), element("dd", text)]);
      told.replaceChildren(element("b", row.title), element("div", row.note), element("dl", ...facts));
      told.hidden = false;
      mark.setAttribute("d", `${isAcross ? `M${x} 0V${height}` : ""}M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0-12 0`);
      svg.append(mark);
      place(marks[at]);
    };

    const hide = () => {
      told.hidden = true;
      mark.remove();
    };

    const nearest = ({ clientX, clientY }) => {
      const box = svg.getBoundingClientRect();
      const here = isAcross ? ((clientX - box.left) * width) / box.width : ((clientY - box.top) * height) / box.height;
      const far = marks.map(({ x, y }) => Math.abs((isAcross ? x : y) - here));
      return far.indexOf(Math.min(...far));
    };

    const point = (event) => {
      if (!told.contains(event.target)) show(nearest(event));
    };

    chart.addEventListener("pointermove", point);
    chart.addEventListener("pointerdown", point);
    chart.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch" && document.activeElement !== chart) hide();
    });
    chart.addEventListener("focus", () => show(at));
    chart.addEventListener("blur", hide);
    chart.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 };
      const next = steps[event.key];
      if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      show(Math.max(0, Math.min(next, marks.length - 1)));
      mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    });

    // A place in a series that keys move is what a slider is to those who hear the page.
    chart.setAttribute("role", "slider");
    chart.tabIndex = 0;
    chart.ariaRoleDescription = chart.dataset.hint;
    chart.ariaOrientation = isAcross ? "horizontal" : "vertical";
    chart.ariaValueMin = "1";
    chart.ariaValueMax = String(marks.length);
    say();
    chart.append(told);
  };

  for (const chart of document.querySelectorAll(".chart")) makeTelling(chart);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  document.addEventListener("pointerdown", ({ target }) => target.closest?.(".chart") || close());
})();
