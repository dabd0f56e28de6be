import type { Instant } from "./clock.ts";
import type { Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Commit } from "./records.ts";
import type { Repository } from "./services.ts";

/** Only a repository that merges branches keeps their commits. */
export function branchCommits(
  draw: Random,
  repository: Repository,
  change: {
    author: Person;
    title: string;
    firstCommitAt: Instant;
    openedAt: Instant;
    commitCount: number;
    paths: readonly string[];
  },
): Commit[] {
  if (repository.merge !== "merge") return [];
  const { author, title, firstCommitAt, openedAt, commitCount, paths } = change;
  const step = (openedAt - firstCommitAt) / commitCount;
  return Array.from({ length: commitCount }, (_, index) => {
    const at =
      index === 0 ? firstCommitAt : Math.round(firstCommitAt + step * (index + draw.between(-0.3, 0.3)));
    return {
      sha: "",
      author,
      authoredAt: at,
      committedAt: at,
      subject:
        index === 0
          ? title
          : draw.pick([
              "Add tests",
              "Handle empty input",
              "Name things better",
              "Remove dead code",
              "Document it",
            ]),
      paths: [paths[index % paths.length] ?? "README.md"],
    };
  });
}
