/** What a column asks for: the width of its longest word and of its longest text. */
export interface ColumnNeed {
  readonly minimum: number;
  readonly natural: number;
}

/** A word may ask for this share of the table; a longer one is broken. */
const LONGEST_WORD = 0.22;

/**
 * Shares `width` among columns. Each gets its longest word where there is room, and what is left goes to
 * those whose text is cut short. Where words do not fit, the widest columns give way first: a column of
 * numbers stays whole beside one of long hashes.
 */
export function shareWidth(needs: readonly ColumnNeed[], width: number): number[] {
  const naturals = needs.map(({ natural }) => natural);
  const wanted = sum(naturals);
  if (wanted <= width) return spread(naturals, width - wanted, naturals);
  const minimums = needs.map(({ minimum }) => Math.min(minimum, width * LONGEST_WORD));
  if (sum(minimums) > width) return capped(minimums, width);
  const missing = needs.map(({ minimum, natural }) => natural - Math.min(minimum, width * LONGEST_WORD));
  return fill(minimums, width - sum(minimums), missing);
}

/**
 * Gives `rest` to those that miss something, by the square root of how much and no more than that: a date
 * gets the little that puts it on one line, and a long text still gets most.
 */
function fill(widths: readonly number[], rest: number, missing: readonly number[]): number[] {
  const columns = widths.map((width, index) => ({ width, missing: missing[index] ?? 0 }));
  let left = rest;
  for (let open = columns.filter((column) => column.missing > 0); open.length > 0;) {
    const weight = sum(open.map((column) => Math.sqrt(column.missing)));
    const isFull = (column: (typeof columns)[number]) =>
      column.missing <= (left * Math.sqrt(column.missing)) / weight;
    const full = open.filter(isFull);
    if (full.length === 0) {
      for (const column of open) column.width += (left * Math.sqrt(column.missing)) / weight;
      break;
    }
    open = open.filter((column) => !isFull(column));
    for (const column of full) {
      column.width += column.missing;
      left -= column.missing;
    }
  }
  return columns.map(({ width }) => width);
}

/** Cuts every width at the one height at which they fit. */
function capped(widths: readonly number[], total: number): number[] {
  let rest = total;
  let cap = total;
  [...widths]
    .sort((a, b) => a - b)
    .forEach((width, index) => {
      cap = rest / (widths.length - index);
      rest -= Math.min(width, cap);
    });
  return widths.map((width) => Math.min(width, cap));
}

function spread(widths: readonly number[], rest: number, weights: readonly number[]): number[] {
  const total = sum(weights);
  return widths.map(
    (width, index) => width + (total === 0 ? rest / widths.length : (rest * (weights[index] ?? 0)) / total),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
