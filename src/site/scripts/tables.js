// Lets readers sort and filter tables. Without it they are as they were written: nothing is said by it alone.
((texts) => {
  // Digits as this page writes them. Durations of all lengths are compared in seconds.
  const numberIn = (text) => {
    const plain = text.replaceAll(texts.group, "").replace(texts.decimal, ".").replace("\u2212", "-");
    const found = /^([+-]?)%?(\d+(?:\.\d+)?)\s*([\p{L}\p{M}]*)/u.exec(plain);
    return found ? Number(found[1] + found[2]) * (texts.seconds[found[3]] ?? 1) : text;
  };

  // What a cell sorts by: the value that the page states, else an instant or month, else a number, else its words.
  const valueOf = (cell) => {
    if (!cell) return "";
    const stated = cell.dataset.value ?? cell.querySelector("[data-value]")?.dataset.value;
    if (stated !== undefined) return stated === "" ? "" : Number(stated);
    const time = cell.querySelector("time");
    if (time) return Date.parse(time.dateTime);
    const text = cell.textContent.trim();
    const quarter = /^Q(\d) (\d{4})/.exec(text);
    if (quarter) return Number(quarter[2]) * 4 + Number(quarter[1]);
    return cell.matches(".n, .change, .periods td") ? numberIn(text) : text;
  };

  // What is empty comes last, whichever way; numbers come before words.
  const compare = (a, b, way) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return way * (typeof a === "number" ? a - b : a.localeCompare(b, document.documentElement.lang, { numeric: true, sensitivity: "base" }));
  };

  const groupsOf = (table) => [...table.tBodies[0].rows].filter((row) => row.matches(".group"));
  const rowsOf = (table) => [...table.tBodies[0].rows].filter((row) => !row.matches(".group"));

  const sortBy = (table, head, column) => {
    const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way === 1 ? "ascending" : "descending");
    const rows = rowsOf(table).map((row) => ({ row, value: valueOf(row.cells[column]) }));
    rows.sort((a, b) => compare(a.value, b.value, way));
    // In another order the names of groups stand over nothing.
    for (const group of groupsOf(table)) group.remove();
    table.tBodies[0].append(...rows.map(({ row }) => row));
  };

  const makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(table, head, column));
      head.append(button);
    });
  };

  const makeFilterable = (table) => {
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = texts.filter;
    const heading = table.closest("section")?.querySelector("h2, h3")?.textContent.trim();
    field.setAttribute("aria-label", heading ? texts.filterOf.replace("{heading}", () => heading) : texts.filterTable);
    const said = document.createElement("output");
    const rows = rowsOf(table).map((row) => ({ row, text: row.textContent.toLowerCase() }));
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      for (const group of groupsOf(table)) group.hidden = shown < rows.length;
      said.textContent = field.value.trim() ? texts.shown.replace("{shown}", shown).replace("{rows}", rows.length) : "";
    });
    const bar = document.createElement("div");
    bar.className = "filter";
    bar.append(field, said);
    (table.closest(".scroll") ?? table).before(bar);
  };

  for (const table of document.querySelectorAll("main table")) {
    const heads = table.tHead?.rows.length === 1 ? table.tHead.rows[0].cells : [];
    if (heads.length < 2 || table.tBodies.length !== 1 || rowsOf(table).length < 3) continue;
    // Some have an order that says something, and too few rows to look for one.
    if (table.dataset.fixed !== undefined) continue;
    // Cells that span have an order of their own.
    if (table.querySelector("tr:not(.group) > [colspan], [rowspan]")) continue;
    makeSortable(table);
    if (rowsOf(table).length >= 12) makeFilterable(table);
  }
})(WORDS);
