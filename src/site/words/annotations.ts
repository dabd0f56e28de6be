import { count } from "../format.ts";
import type { AnnotationRow, FigureRow } from "../rows.ts";
import { t } from "../text/message.ts";

/** When something happened, and until when it lasted: `15 Dec 2025 to 5 Jan 2026`, the last day named. */
export function whenText(
  event: { readonly happened_at: string; readonly ended_at: string | null },
  { day }: { readonly day: (instant: string) => string | null },
): string {
  const first = day(event.happened_at) ?? "";
  if (event.ended_at === null) return first;
  const last = day(new Date(Date.parse(event.ended_at) - 1).toISOString()) ?? "";
  return last === first ? first : t("span.from-to", { from: first, until: last });
}

/** Events in the periods that are shown, the newest first. */
export function shownEvents(annotations: readonly AnnotationRow[], figures: readonly FigureRow[]): AnnotationRow[] {
  const shown = new Set(figures.map(({ period_start }) => period_start));
  return annotations.filter(({ period_start }) => shown.has(period_start)).toReversed();
}

/** What a row of its period says of them: the one that is drawn, the list below the chart has the others. */
export function markedText(events: readonly AnnotationRow[]): string {
  const shown = events.find(({ is_drawn }) => is_drawn) ?? events[0];
  if (!shown) return "";
  return events.length === 1
    ? shown.label
    : t("word.and-more", { names: shown.label, more: count(events.length - 1) });
}
