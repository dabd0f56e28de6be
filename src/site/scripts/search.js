// Finds things by words and numbers. Lists are asked for when somebody types: classic scripts that call found(), so
// that it works from a folder too. Text from sources is only ever put into the page as text.
((texts) => {
  const form = document.querySelector("#search");
  const field = form.querySelector("input");
  const said = form.querySelector("output");
  const list = document.querySelector("#found");
  const MOST = 30;
  let order = new Map();
  let buckets = 0;
  const parts = new Map();
  const asked = new Set();
  let waiting = 0;
  let timer;

  globalThis.found = (name, entries) => {
    parts.set(
      name,
      entries.map(([kind, title, detail, path, key]) => {
        const text = `${key ?? ""} ${title} ${detail} ${kind}`.toLowerCase();
        return { kind, title, detail, path, key: (key ?? title).toLowerCase(), text };
      }),
    );
  };

  globalThis.searchIn = (lists, olderLists) => {
    order = new Map(lists.map((name, at) => [name, at]));
    buckets = olderLists;
    look();
  };

  const ask = (name) => {
    if (asked.has(name)) return;
    asked.add(name);
    waiting += 1;
    const script = document.createElement("script");
    script.src = `search/${name}.js`;
    script.onload = script.onerror = () => {
      waiting -= 1;
      show();
    };
    document.head.append(script);
  };

  // FNV-1a, as the lists were filed.
  const bucketOf = (key) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return hash % buckets;
  };

  const sameAs = (word) => (word.length < 3 ? [] : texts.alike.filter((group) => group.some((one) => one.startsWith(word))).flat());

  const scoreOf = (entry, words, alike) => {
    let score = 0;
    for (const [place, word] of words.entries()) {
      const at = entry.text.indexOf(word);
      if (at < 0) {
        // Said in another word: found, below what has the word itself.
        if (!alike[place].some((one) => entry.text.includes(one))) return 0;
        score += 1;
        continue;
      }
      const starts = at === 0 || !/[\p{L}\p{N}]/u.test(entry.text[at - 1]);
      score += entry.key === word ? 100 : entry.key.startsWith(word) ? 40 : starts ? 20 : 5;
    }
    return score;
  };

  const matches = (words) => {
    const found = new Map();
    const alike = words.map(sameAs);
    for (const [name, entries] of parts)
      for (const entry of entries) {
        const score = scoreOf(entry, words, alike);
        // What stands in two lists is one thing; earlier lists hold what is larger.
        if (score > 0) found.set(`${entry.kind} ${entry.path} ${entry.key}`, { entry, score: score - (order.get(name) ?? 9) / 10 });
      }
    return [...found.values()].sort((a, b) => b.score - a.score || a.entry.title.localeCompare(b.entry.title, document.documentElement.lang));
  };
  const itemOf = ({ entry }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const note = document.createElement("small");
    link.href = entry.path;
    link.textContent = entry.title;
    note.textContent = [entry.kind, entry.detail].filter(Boolean).join(", ");
    item.append(link, " ", note);
    return item;
  };

  const wordsOf = (text) =>
    text
      .toLowerCase()
      .split(/\s+/)
      .map((word) => word.replace(/^#(?=.)/, ""))
      .filter(Boolean);

  const resultOf = (number) => {
    if (number === 0) return texts.nothing;
    return (number > MOST ? texts.foundMore : texts.found).replace("{found}", number).replace("{most}", MOST);
  };

  const links = () => [...list.querySelectorAll("a")];

  const show = () => {
    const words = wordsOf(field.value);
    const found = words.length ? matches(words) : [];
    // A list that comes late must not take the keyboard away from whoever has gone to a result already.
    const chosen = links().find((link) => link === document.activeElement)?.href;
    list.replaceChildren(...found.slice(0, MOST).map(itemOf));
    if (chosen) (links().find((link) => link.href === chosen) ?? field).focus();
    said.textContent = words.length === 0 ? "" : waiting ? texts.looking : resultOf(found.length);
  };

  const askByNumber = () => {
    for (const word of wordsOf(field.value)) if (buckets && /\d/.test(word)) ask(`by-number-${bucketOf(word)}`);
  };

  const look = () => {
    if (wordsOf(field.value).length) ask("index");
    if (wordsOf(field.value).length) [...order.keys()].forEach(ask);
    // A number is asked for when it is whole, not at each of its digits.
    clearTimeout(timer);
    timer = setTimeout(askByNumber, 200);
    history.replaceState(null, "", field.value ? `#${encodeURIComponent(field.value)}` : "#");
    show();
  };

  const move = (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") (all[at + 1] ?? all.at(-1))?.focus();
    else if (event.key === "ArrowUp") (at <= 0 ? field : all[at - 1]).focus();
    else return;
    event.preventDefault();
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  field.addEventListener("input", look);
  form.addEventListener("keydown", move);
  list.addEventListener("keydown", move);
  field.value = decodeURIComponent(location.hash.slice(1));
  if (field.value) look();
})(WORDS);
