import { note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import type { ChangeRow, ReleasePackData } from "../data.ts";
import { changeName, count, joined, some, type Times } from "../words.ts";

/** What the release brought to production that was not there before. */
export function changesSection({ changes, summary }: ReleasePackData, times: Times): Section {
  const title = "Changes";
  if (changes.length === 0) {
    const reason =
      summary.waves === 0
        ? "A change is listed with the production deployment that brings it first, and no production deployment of this release is known."
        : "No change is known that this release was the first to bring to production. A source of changes or of commits (files with change rows, or git) for the repository would bring them.";
    return { id: "changes", title, nodes: [note(reason)] };
  }
  const early = changes.filter(({ is_before_history }) => is_before_history).length;
  return {
    id: "changes",
    title,
    nodes: [
      paragraph(
        `${some(changes.length, "change")} reached production first with a deployment of this release.`,
      ),
      ...(early > 0
        ? [
            note(
              `${some(early, "change")} may have been in production before: the first known deployment of the service contains them.`,
            ),
          ]
        : []),
      table({
        caption: `Changes first shipped by this release (${count(changes.length)})`,
        columns: [
          { title: "Change" },
          { title: "Title" },
          { title: "Author" },
          { title: "Merged" },
          { title: "Lines", align: "right" },
          { title: "Files", align: "right" },
          { title: "Tickets" },
          { title: "Review" },
        ],
        rows: changes.map((change) => [
          changeName(change),
          titleOf(change),
          change.author,
          times.day(change.merged_at),
          lines(change),
          files(change),
          joined(change.tickets),
          review(change),
        ]),
        note: "Lines added and removed, and files touched, as the source says; a dash is a value that no source gave. Attached as changes.csv, with times to the second.",
      }),
    ],
  };
}

function titleOf({ title, excluded_reason }: ChangeRow): Text {
  return excluded_reason === null
    ? (title ?? "–")
    : [title ?? "–", { text: ` (left out of figures: ${excluded_reason})`, tone: "muted" }];
}

function lines({ additions, deletions }: ChangeRow): string | null {
  return additions === null && deletions === null
    ? null
    : `+${count(additions ?? 0)} −${count(deletions ?? 0)}`;
}

function files({ files_changed }: ChangeRow): string | null {
  return files_changed === null ? null : count(files_changed);
}

function review({ review: words, has_review_source, is_approved, approvers }: ChangeRow): Text {
  const tone = is_approved ? "ink" : has_review_source ? "worse" : "muted";
  return { text: approvers === null ? words : `${words}: ${approvers}`, tone };
}
