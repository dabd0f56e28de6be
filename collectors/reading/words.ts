const LONGEST_VALUE = 80;
const LONGEST_ROW = 200;

/** A value in quotes, short, with control characters escaped: safe to print on a terminal. */
export function shown(value: unknown): string {
  if (typeof value !== "string") return kind(value);
  const short = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value;
  return JSON.stringify(short).replaceAll(/[\u007f-\u009f]/g, " ");
}

/** `a list`, `an object`, or the plain value. */
export function kind(value: unknown): string {
  if (typeof value === "string") return shown(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** A row on one line, cut to what a person needs to find it. */
export function shortened(row: string): string {
  const line = row
    .slice(0, LONGEST_ROW + 1)
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim();
  return row.length > LONGEST_ROW ? `${line.slice(0, LONGEST_ROW)}...` : line;
}

/** `1 row`, `2 rows` */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** `12.3 kB` */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
