import { deadlineOf } from "../deadlines.ts";
import { AS_OF, isoUtc } from "../clock.ts";
import { idOf, reviewedChanges, workedTickets } from "../files/code.ts";
import type { Change, Ticket, World } from "../records.ts";
import type { Happening } from "./event.ts";

const HOST = "https://code.example.com";

const repositoryOf = ({ repository }: Change) => ({ repository: { id: repository.name } });

export const changeEvents = (world: World): Happening[] =>
  reviewedChanges(world).flatMap((change) => [
    createdEvent(change),
    ...(change.mergedAt < AS_OF ? [mergedEvent(change)] : []),
  ]);

const about = (change: Change) => ({ producer: HOST, id: idOf(change), subject: idOf(change) });

const createdEvent = (change: Change): Happening => ({
  ...{ type: "change.created", at: change.openedAt, ...about(change) },
  content: { ...repositoryOf(change), description: change.title },
  customData: {
    quarterdeck: {
      change: {
        number: String(change.number),
        author: change.author.login,
        first_commit_at: isoUtc(change.firstCommitAt),
        target_branch: "main",
        source_branch: change.branch,
        url: `${HOST}/${change.repository.name}/pull/${change.number}`,
      },
    },
  },
});

function mergedEvent(change: Change): Happening {
  const { repository, mergedAt, mergedBy, paths, labels, reverts, fixes, ticket } = change;
  const isInGraph = repository.graph !== "none";
  return {
    ...{ type: "change.merged", at: mergedAt, ...about(change), content: repositoryOf(change) },
    customData: {
      quarterdeck: {
        change: {
          services: isInGraph ? undefined : repository.services.map(({ name }) => name),
          merged_by: mergedBy.login,
          merge_sha: isInGraph ? change.sha : undefined,
          merge_method: repository.merge,
          commits: repository.merge === "merge" ? change.commits.map(({ sha }) => sha) : undefined,
          ...{ commit_count: change.commitCount, additions: change.additions, deletions: change.deletions },
          ...{ files_changed: paths.length, paths, labels },
          reverts: reverts.map(({ number }) => String(number)),
          fixes: fixes.map(({ id }) => id),
          tickets: ticket ? [ticket.id] : [],
        },
      },
    },
  };
}

export const reviewEvents = (world: World): Happening[] =>
  reviewedChanges(world).flatMap((change) =>
    change.reviews
      .filter(({ submittedAt }) => submittedAt < AS_OF)
      .map(({ id, reviewer, state, submittedAt }) => ({
        ...{ type: "change.reviewed", at: submittedAt, ...about(change), id },
        content: repositoryOf(change),
        customData: { quarterdeck: { change_review: { id, reviewer: reviewer.login, state } } },
      })),
  );

const TRACKER = "https://tickets.example.com";
const TYPES = { story: "enhancement", bug: "bug", task: "task" } as const;

export const ticketEvents = (world: World): Happening[] =>
  workedTickets(world).flatMap((ticket) => [
    ticketEvent(ticket, "ticket.created", ticket.createdAt, {}),
    ...(ticket.resolvedAt < AS_OF
      ? [ticketEvent(ticket, "ticket.closed", ticket.resolvedAt, { resolution: "completed" })]
      : []),
  ]);

const deadline = (ticket: Ticket) => {
  const due = deadlineOf(ticket);
  return due === undefined ? {} : { due_on: due.dueOn, regulation: due.regulation };
};

const ticketEvent = (
  ticket: Ticket,
  type: "ticket.created" | "ticket.closed",
  at: number,
  end: object,
): Happening => {
  const { id, kind, title, service, assignee } = ticket;
  const status = type === "ticket.closed" ? "Done" : "In Progress";
  return {
    ...{ type, at, producer: TRACKER, id, subject: id },
    content: {
      ...{ summary: title, ticketType: TYPES[kind], creator: assignee.login, assignees: [assignee.login] },
      ...{ uri: `${TRACKER}/${id}`, ...end },
    },
    customData: { application: service.code, quarterdeck: { ticket: { status, ...deadline(ticket) } } },
  };
};
