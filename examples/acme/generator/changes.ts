import { AS_OF, berlin, DAY, type Instant, MINUTE, START } from "./clock.ts";
import { branchCommits } from "./branch-commits.ts";
import { afterWork, toInstant, toWorked } from "./office-hours.ts";
import { inFolder, servicesOf, touchedPaths } from "./paths.ts";
import { dependencyBot, membersOf, type Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Change, Review } from "./records.ts";
import { REORGANISATION, type Repository, type Service, type Stages, teamOf } from "./services.ts";
import { REORGANISED } from "./stories.ts";
import { reviewed } from "./reviews.ts";
import { openTicket } from "./tickets.ts";
import { changeTitle, dependencyTitle, slug } from "./words.ts";

/** Some work was under way when the records begin. */
const LEAD_IN = 16 * DAY;
const FIRST_KNOWN = berlin("2024-06-10");

/** All changes of a repository that nobody was forced to make. */
export function ordinaryChanges(draw: Random, repository: Repository, scale: number): Change[] {
  return repository.services.flatMap((service) => {
    const from = toWorked((service.activeFrom ?? START) - LEAD_IN);
    const until = toWorked(service.retiredAt === undefined ? AS_OF : service.retiredAt - 21 * DAY);
    return Array.from({ length: Math.max(3, Math.round(service.changes * scale)) }, () =>
      ordinaryChange(draw, repository, service, toInstant(draw.between(from, until))),
    );
  });
}

/** How long the stages take: the team's habit, and what the reorganisation made of it. */
function stagesOf(service: Service, at: Instant): Stages {
  const { coding, pickup, review } = service.stages;
  if (teamOf(service, at) !== REORGANISED.team || at < REORGANISATION) return service.stages;
  return {
    coding: coding * REORGANISED.coding,
    pickup: pickup * REORGANISED.pickup,
    review: review * REORGANISED.review,
  };
}

/** What tells a change by a person from one by a bot. */
interface Draft {
  readonly author: Person;
  readonly title: string;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly size: number;
  readonly paths: readonly string[];
  readonly openedAt: Instant;
  readonly reviews: readonly Review[];
  readonly commitCount: number;
  readonly hasTicket: boolean;
}

interface Setting {
  readonly draw: Random;
  readonly repository: Repository;
  readonly service: Service;
  readonly team: readonly Person[];
  readonly stages: Stages;
  readonly firstCommitAt: Instant;
}

function ordinaryChange(
  draw: Random,
  repository: Repository,
  service: Service,
  firstCommitAt: Instant,
): Change {
  const team = membersOf(teamOf(service, firstCommitAt), firstCommitAt);
  const setting: Setting = {
    draw,
    repository,
    service,
    team,
    stages: stagesOf(service, firstCommitAt),
    firstCommitAt,
  };
  const draft = draw.chance(0.07) ? draftOfBot(setting) : draftOfPerson(setting);
  const { author, title, openedAt, reviews, paths, size, commitCount } = draft;
  const lastReviewAt = reviews.at(-1)?.submittedAt;
  const mergedAt = afterWork(lastReviewAt ?? openedAt, draw.logNormal(lastReviewAt ? 0.6 : 2, 0.9));
  return {
    number: 0,
    sha: "",
    repository,
    services: servicesOf(repository, paths),
    title,
    author,
    firstCommitAt,
    openedAt,
    mergedAt,
    mergedBy: author.isBot || draw.chance(0.8) ? author : draw.pick(team),
    branch: draft.branch,
    labels: draft.labels,
    paths,
    additions: Math.max(1, Math.round(size)),
    deletions: Math.round(size * draw.between(0, 0.8)),
    commits: branchCommits(draw, repository, { author, title, firstCommitAt, openedAt, commitCount, paths }),
    commitCount,
    reviews,
    reverts: [],
    fixes: [],
    ticket: draft.hasTicket
      ? openTicket(draw, { service, title, author, firstCommitAt, mergedAt })
      : undefined,
  };
}

function draftOfPerson({ draw, repository, service, team, stages, firstCommitAt }: Setting): Draft {
  const author = draw.pick(team);
  const title = changeTitle(draw, service);
  const size = draw.logNormal(55, 1.2);
  const paths = touchedPaths(draw, repository, service, size);
  const openedAt = afterWork(firstCommitAt, draw.logNormal(stages.coding, 0.9));
  return {
    author,
    title,
    branch: `feature/${slug(title)}`,
    labels: paths.some((path) => path.includes("migrations/")) ? ["migration"] : [],
    size,
    paths,
    openedAt,
    reviews: reviewed(draw, team, author, openedAt, stages),
    commitCount: Math.min(9, 1 + Math.floor(draw.logNormal(1.4, 0.7))),
    hasTicket: draw.chance(0.45),
  };
}

/** Half of what the bot proposes is merged without anybody looking. */
function draftOfBot({ draw, service, team, stages, firstCommitAt }: Setting): Draft {
  const title = dependencyTitle(draw);
  const openedAt = firstCommitAt + MINUTE;
  return {
    author: dependencyBot,
    title,
    branch: `deps/${slug(title)}`,
    labels: ["dependencies"],
    size: draw.logNormal(6, 1.2),
    paths: [inFolder(service, "dependencies.lock")],
    openedAt,
    reviews: draw.chance(0.5) ? [] : reviewed(draw, team, dependencyBot, openedAt, stages),
    commitCount: 1,
    hasTicket: false,
  };
}

/** What is not merged when the records end is open; what is not opened yet nobody knows of. */
export const isKnown = ({ openedAt }: Change) => openedAt < AS_OF && openedAt >= FIRST_KNOWN;
