import { AS_OF, isoUtc } from "../clock.ts";
import { listCommits } from "../commits.ts";
import type { Change, Ticket, World } from "../records.ts";
import { deadlineOf } from "../deadlines.ts";
import { csv, known, ndjson, type TextFile, withLine } from "./text.ts";

export const idOf = (change: Change) => `${change.repository.name.replace("acme/", "")}-${change.number}`;

export const reviewedChanges = (world: World) =>
  world.changes.filter(({ repository }) => repository.hasReviewTool);

/** Pull requests, nested as a code host's API gives them. */
export function changesFile(world: World): TextFile {
  const lines = ndjson(reviewedChanges(world).map(pullRequest));
  return {
    name: "changes.ndjson",
    text: withLine(
      lines,
      4000,
      '{"id":"web-banking-9999","number":9999,"repository":{"full_name":"acme/web-ba',
    ),
  };
}

function pullRequest(change: Change): object {
  const { repository, author, mergedBy, mergedAt, branch, reverts, fixes, ticket } = change;
  const isMerged = mergedAt < AS_OF;
  return {
    id: idOf(change),
    number: change.number,
    repository: { full_name: repository.name },
    services: repository.graph === "none" ? repository.services.map(({ name }) => name) : undefined,
    title: change.title,
    user: { login: author.login },
    first_commit_at: isoUtc(change.firstCommitAt),
    created_at: isoUtc(change.openedAt),
    merged_at: isMerged ? isoUtc(mergedAt) : null,
    merged_by: isMerged ? { login: mergedBy.login } : null,
    merge_commit_sha: isMerged && repository.graph !== "none" ? change.sha : null,
    merge_method: repository.merge,
    base: { ref: "main" },
    head: { ref: branch },
    commits: repository.merge === "merge" && isMerged ? change.commits.map(({ sha }) => sha) : undefined,
    stats: {
      commits: change.commitCount,
      additions: change.additions,
      deletions: change.deletions,
      files: change.paths.length,
    },
    files: change.paths,
    labels: change.labels,
    reverts: reverts.map(({ number }) => String(number)),
    fixes: fixes.map(({ id }) => id),
    tickets: ticket ? [ticket.id] : [],
    html_url: `https://code.example.com/${repository.name}/pull/${change.number}`,
  };
}

const STATES = {
  approved: "APPROVED",
  changes_requested: "CHANGES_REQUESTED",
  commented: "COMMENTED",
} as const;

export function reviewsFile(world: World): TextFile {
  const rows = reviewedChanges(world)
    .flatMap((change) => change.reviews.map((review) => ({ change, review })))
    .filter(({ review }) => review.submittedAt < AS_OF)
    .sort((one, other) => (one.review.id < other.review.id ? -1 : 1))
    .map(({ change, review }) => ({
      id: review.id,
      pull_request: idOf(change),
      repository: change.repository.name,
      reviewer: review.reviewer.login,
      state: STATES[review.state],
      submitted_at: isoUtc(review.submittedAt),
    }));
  return {
    name: "reviews.ndjson",
    text: withLine(
      ndjson(rows),
      7000,
      '{"id":"RV999999","pull_request":"payments-1","reviewer":"aokoye","state":"APPROVED"}',
    ),
  };
}

export function commitsFile(world: World): TextFile {
  const rows = listCommits(world, AS_OF).commits.map((commit) => ({
    repository: commit.repository,
    sha: commit.sha,
    parents: commit.parents.join(" "),
    authored_at: isoUtc(commit.authoredAt),
    committed_at: isoUtc(commit.committedAt),
    author: commit.author.email,
    subject: commit.subject,
    reverts: commit.reverts.join(" "),
    cherry_picked_from: commit.pickedFrom.join(" "),
    closes: commit.closes.join(" "),
  }));
  return { name: "commits.csv", text: csv(rows) };
}

export function refsFile(world: World): TextFile {
  return { name: "refs.csv", text: csv(listCommits(world, AS_OF).refs.map((ref) => ({ ...ref }))) };
}

/** Tickets of what was merged; bugs and stories that nobody works on are of no use here. */
export const workedTickets = (world: World): Ticket[] =>
  reviewedChanges(world)
    .flatMap(({ ticket }) => (ticket && ticket.createdAt < AS_OF ? [ticket] : []))
    .sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));

export function ticketsFile(world: World): TextFile {
  const rows = workedTickets(world).map((ticket) => ({
    Key: ticket.id,
    Type: { story: "Story", bug: "Bug", task: "Task" }[ticket.kind],
    Summary: ticket.title,
    Status: ticket.resolvedAt < AS_OF ? "Done" : "In Progress",
    Component: ticket.service.name,
    Created: isoUtc(ticket.createdAt),
    Resolved: known(ticket.resolvedAt, isoUtc) ?? "",
    Assignee: ticket.assignee.login,
    Due: deadlineOf(ticket)?.dueOn ?? "",
    Regulation: deadlineOf(ticket)?.regulation ?? "",
  }));
  return {
    name: "tickets.csv",
    text: withLine(csv(rows), 500, "WEB-1,Wish,Make it nicer,Open,web-banking,2025-01-07T09:00:00Z,,,,"),
  };
}
