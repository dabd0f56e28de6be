import type { Column } from "../entities.ts";
import { didYouMean, oneOf } from "../../../src/config/suggest.ts";
import { Problem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";

/** Text as it is, one of the allowed values in any case, or text of a form. */
export function asText({
  values,
  form,
  typed,
}: Pick<Column, "values" | "form" | "typed">): (text: string) => string | Problem {
  if (values !== undefined) return oneOfThese(values);
  if (form === undefined) return (text) => unprintable(text) ?? text;
  const pattern = new RegExp(form.pattern);
  const meant = typed === "quarter" ? quarterOf : (text: string) => text;
  return (text) => {
    const written = meant(text);
    return pattern.test(written)
      ? written
      : new Problem(`expected it as in ${form.example}, found ${shown(text)}`);
  };
}

function oneOfThese(values: readonly string[]): (text: string) => string | Problem {
  const known = new Map(values.map((value) => [value.toLowerCase(), value]));
  return (text) =>
    known.get(text.toLowerCase()) ??
    new Problem(`expected ${oneOf(values)}, found ${shown(text)}${didYouMean(text, values)}`);
}

/** `Q2 2026`, `2026 q2` and `2026Q2` as `2026-Q2`. */
function quarterOf(text: string): string {
  const [, yearFirst, after, before, yearLast] = /^(?:(\d{4})[ -]?q([1-4])|q([1-4])[ -]?(\d{4}))$/i.exec(text) ?? [];
  const year = yearFirst ?? yearLast;
  return year === undefined ? text : `${year}-Q${after ?? before ?? ""}`;
}

/** Characters that no text holds on purpose and that databases and PDFs choke on. */
export function unprintable(text: string): Problem | undefined {
  if (text.includes("\0")) return new Problem(`expected text, found a NUL character in ${shown(text)}`);
  if (!text.isWellFormed())
    return new Problem(`expected text, found half a character (a lone surrogate) in ${shown(text)}`);
  return undefined;
}
