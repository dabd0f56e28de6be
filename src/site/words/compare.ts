import { count, decimal, measureOf, quantity } from "../format.ts";
import { metricText } from "../metrics.ts";
import type { ComparisonRow, MoveRow } from "../rows.ts";
import { t } from "../text/message.ts";

/** How many figures could be compared, how many clearly moved, and how many would by chance. */
export function comparisonSentence({ scope_kind, against_label, compared, better, worse, by_chance }: ComparisonRow): string {
  const figures = { figures: compared, scope: scope_kind, period: against_label };
  if (better + worse === 0) return t("compare.figures-none-moved", figures);
  return t("compare.figures-moved", {
    ...figures,
    better: count(better),
    worse: count(worse),
    chance: by_chance < 0.1 ? "few" : "known",
    number: decimal(by_chance),
  });
}

/** `Channels (rework worse, lead time better)`, as many teams as a sentence bears. */
export function movesSentence(moves: readonly MoveRow[]): string {
  const [first] = moves;
  if (!first) return "";
  const teams = [...Map.groupBy(moves, ({ scope }) => scope).values()];
  const told = teams.slice(0, NAMED).map((rows) => {
    const figures = rows.map(({ metric, verdict }) =>
      t("compare.figure-moved", { figure: metricText(metric).short.toLowerCase(), verdict }),
    );
    return t("compare.team-moves", { team: rows[0]?.title ?? "", figures: figures.join(", ") });
  });
  const names = told.join(", ");
  const more = teams.length - NAMED;
  return t("compare.moves", {
    period: first.against_label,
    teams: more > 0 ? t("word.and-more", { names, more: count(more) }) : names,
  });
}
const NAMED = 4;

/** Both values of a move in one measure, so that they can be compared by eye. */
export function bothValues({ unit, value, against_value: before }: MoveRow): [string, string] {
  const measure = measureOf(unit, unit === "seconds" ? Math.min(value, before) : Math.max(value, before));
  return [quantity(value, unit, measure), quantity(before, unit, measure)];
}
