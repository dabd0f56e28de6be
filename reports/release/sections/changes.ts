import { note, paragraph, table, type Section, type Text } from "../../layout/nodes.ts";
import type { BranchCommitRow, ChangeRow, ReleasePackData } from "../data.ts";
import { changeName, count, joined, some, type Times } from "../words.ts";

/** What the release brought to production that was not there before. */
export function changesSection(data: ReleasePackData, times: Times): Section {
  const section = mainLineSection(data, times);
  return { ...section, nodes: [...section.nodes, ...branchCommits(data.branchCommits, times)] };
}

function branchCommits(commits: readonly BranchCommitRow[], times: Times): Section["nodes"] {
  if (commits.length === 0) return [];
  return [
    paragraph(
      `${some(commits.length, "commit")} came to production from the release branch alone. What never reached the main line is no change and has no lead time, but it ran.`,
    ),
    table({
      caption: `Commits of the release branch only (${count(commits.length)})`,
      columns: [{ title: "Commit" }, { title: "Subject" }, { title: "Author" }, { title: "Committed" }],
      rows: commits.map(({ sha, subject, author, committed_at }) => [
        sha.slice(0, 10),
        subject,
        author,
        times.day(committed_at),
      ]),
      note: "Attached as branch-commits.csv, with full hashes and what each is a cherry-pick of.",
    }),
  ];
}

function mainLineSection({ changes, branchCommits, summary }: ReleasePackData, times: Times): Section {
  const title = "Changes";
  if (changes.length === 0) {
    const reason =
      summary.waves === 0
        ? "A change is listed with the production deployment that brings it first, and no production deployment of this release is known."
        : branchCommits.length > 0
          ? "No change of the main line reached production first with this release."
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
