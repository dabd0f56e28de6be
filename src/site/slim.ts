/**
 * The same rows in less memory: equal texts are kept once, and objects whose properties lie side by side.
 * As DuckDB hands them over, the figures of 200 services take three times as much.
 */
export function slim<Row extends object>(rows: readonly Row[], texts: Map<string, string>): Row[] {
  const once = (text: string) => {
    const kept = texts.get(text);
    if (kept === undefined) texts.set(text, text);
    return kept ?? text;
  };
  return rows.map((row) => {
    const copy = { ...row };
    for (const [column, value] of Object.entries(copy))
      if (typeof value === "string") Object.assign(copy, { [column]: once(value) });
    return copy;
  });
}
