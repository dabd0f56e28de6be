import { count, decimal, measureOf, plural, quantity } from "../format.ts";
import { metricText } from "../metrics.ts";
import type { ComparisonRow, MoveRow } from "../rows.ts";

const SCOPES: Readonly<Record<string, string>> = { team: "teams", service: "services" };

/** How many figures could be compared, how many clearly moved, and how many would by chance. */
export function comparisonSentence({ scope_kind, against_label, compared, better, worse, by_chance }: ComparisonRow): string {
  const figures = `${plural(compared, "figure", "figures")} of ${SCOPES[scope_kind] ?? scope_kind} compared with ${against_label}`;
  const moved =
    better + worse === 0
      ? "none clearly moved"
      : `${count(better)} clearly better, ${count(worse)} clearly worse; by chance alone it would be ${by_chance < 0.1 ? "fewer than 0.1" : `about ${decimal(by_chance)}`}`;
  return `${figures}: ${moved}.`;
}

/** `Channels (rework worse, lead time better)`, as many teams as a sentence bears. */
export function movesSentence(moves: readonly MoveRow[]): string {
  const [first] = moves;
  if (!first) return "";
  const teams = [...Map.groupBy(moves, ({ scope }) => scope).values()];
  const told = teams.slice(0, NAMED).map((rows) => {
    const figures = rows.map(({ metric, verdict }) => `${metricText(metric).short.toLowerCase()} ${verdict}`);
    return `${rows[0]?.title ?? ""} (${figures.join(", ")})`;
  });
  const more = teams.length > NAMED ? ` and ${count(teams.length - NAMED)} more` : "";
  return `Clearly moved since ${first.against_label}: ${told.join(", ")}${more}.`;
}
const NAMED = 4;

/** Both values of a move in one measure, so that they can be compared by eye. */
export function bothValues({ unit, value, against_value: before }: MoveRow): [string, string] {
  const measure = measureOf(unit, unit === "seconds" ? Math.min(value, before) : Math.max(value, before));
  return [quantity(value, unit, measure), quantity(before, unit, measure)];
}
