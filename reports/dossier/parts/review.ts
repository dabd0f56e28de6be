import { note, table, type DocumentNode } from "../../layout/nodes.ts";
import { changeName, count, joined } from "../../release/words.ts";
import type { Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function reviewPart({ changes, reviews }: Dossier, { times }: PartContext): DocumentNode[] {
  if (changes.length === 0)
    return [
      note(
        "No change is known that it was the first to bring to production: it brought none, never went live, or its commits are not known.",
      ),
    ];
  return [
    table({
      caption: `Changes that it was the first to bring to production (${count(changes.length)})`,
      columns: [
        { title: "Change" },
        { title: "Title" },
        { title: "Author" },
        { title: "Merged" },
        { title: "By" },
        { title: "Size", align: "right" },
        { title: "Tickets" },
      ],
      rows: changes.map((row) => [
        changeName(row),
        row.title,
        row.author,
        times.minute(row.merged_at),
        row.merged_by,
        row.additions === null && row.deletions === null
          ? null
          : `+${count(row.additions ?? 0)} −${count(row.deletions ?? 0)}`,
        joined(row.tickets),
      ]),
    }),
    ...(reviews.length === 0
      ? [note("No review of these changes is among those collected.")]
      : [
          table({
            caption: `Reviews (${count(reviews.length)})`,
            columns: [{ title: "Change" }, { title: "Reviewer" }, { title: "Review" }, { title: "When" }],
            rows: reviews.map((row) => [
              changeName(row),
              row.is_by_author === true
                ? { text: `${row.reviewer}, its author`, tone: "worse" as const }
                : row.reviewer,
              row.state,
              [
                `${times.minute(row.submitted_at) ?? "–"}, `,
                {
                  text: row.timing,
                  tone: row.timing === "before the merge" ? ("ink" as const) : ("worse" as const),
                },
              ],
            ]),
          }),
        ]),
  ];
}
