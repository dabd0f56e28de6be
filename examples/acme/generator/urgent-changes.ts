import { DAY, type Instant } from "./clock.ts";
import { branchCommits } from "./branch-commits.ts";
import { afterWork } from "./office-hours.ts";
import { onePath } from "./paths.ts";
import { membersOf } from "./people.ts";
import type { Random } from "./random.ts";
import type { Change, Incident } from "./records.ts";
import { type Repository, type Service, teamOf } from "./services.ts";
import type { StoryChange } from "./stories.ts";
import { slug } from "./words.ts";

interface UrgentChange {
  readonly repository: Repository;
  readonly service: Service;
  readonly title: string;
  readonly neededAt: Instant;
  readonly mergedAt: Instant;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly reverts?: readonly Change[];
  readonly fixes?: readonly Incident[];
  readonly paths?: readonly string[];
}

/** A small change made in a hurry: reviewed by whoever is there, or by nobody. */
export function urgentChange(draw: Random, wanted: UrgentChange): Change {
  const { repository, service, neededAt, mergedAt } = wanted;
  const team = membersOf(teamOf(service, neededAt), neededAt);
  const author = draw.pick(team);
  const span = mergedAt - neededAt;
  const firstCommitAt = Math.round(neededAt + span * draw.between(0.1, 0.4));
  const openedAt = Math.round(neededAt + span * draw.between(0.5, 0.6));
  const reviewer = draw.pick(team.filter((person) => person !== author));
  const reviewAt = Math.round(neededAt + span * draw.between(0.7, 0.9));
  const paths = wanted.paths ?? [onePath(draw, service)];
  const commitCount = 1;
  return {
    number: 0,
    sha: "",
    repository,
    services: [service],
    title: wanted.title,
    author,
    firstCommitAt,
    openedAt,
    mergedAt,
    mergedBy: author,
    branch: wanted.branch,
    labels: wanted.labels,
    paths,
    additions: draw.integer(1, 25),
    deletions: draw.integer(0, 20),
    commits: branchCommits(draw, repository, {
      author,
      title: wanted.title,
      firstCommitAt,
      openedAt,
      commitCount,
      paths,
    }),
    commitCount,
    reviews: draw.chance(0.15) ? [] : [{ id: "", reviewer, state: "approved", submittedAt: reviewAt }],
    reverts: wanted.reverts ?? [],
    fixes: wanted.fixes ?? [],
    ticket: undefined,
  };
}

/** The change that a story tells of: an ordinary one with a title and an hour. */
export function storyChange(
  draw: Random,
  repository: Repository,
  service: Service,
  story: StoryChange,
): Change {
  const neededAt = afterWork(story.mergedAt - 4 * DAY, 0);
  return urgentChange(draw, {
    repository,
    service,
    neededAt,
    branch: `feature/${slug(story.title)}`,
    ...story,
  });
}
