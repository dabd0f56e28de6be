import { AS_OF, type Instant } from "./clock.ts";
import { isKnown } from "./changes.ts";
import type { World } from "./records.ts";

const padded = (prefix: string, number: number, length: number) =>
  prefix + String(number).padStart(length, "0");

function inOrder<T>(list: T[], time: (item: T) => Instant): T[] {
  return list.sort((one, other) => time(one) - time(other));
}

/**
 * Leaves out what nobody knew when the records end, and gives everything its identifier in the order of
 * time, as the systems would have done.
 */
export function settle(world: World): void {
  keep(world.changes, isKnown);
  keep(world.deployments, ({ finishedAt }) => finishedAt < AS_OF);
  keep(world.waves, ({ completedAt }) => completedAt < AS_OF);
  keep(world.incidents, ({ detectedAt }) => detectedAt < AS_OF);
  keep(world.changeRequests, ({ createdAt }) => createdAt < AS_OF);
  keep(world.tests, ({ finishedAt }) => finishedAt < AS_OF);
  numberChanges(world);
  numberTickets(world);
  numberDeployments(world);
  inOrder(world.incidents, ({ startedAt }) => startedAt).forEach(
    (incident, index) => (incident.id = padded("INC", 10001 + index * 7, 7)),
  );
  numberChangeRequests(world);
  inOrder(world.tests, ({ finishedAt }) => finishedAt).forEach(
    (test, index) => (test.id = padded("T", index + 1, 6)),
  );
  inOrder(world.releases, ({ publishedAt }) => publishedAt);
  inOrder(world.tags, ({ taggedAt }) => taggedAt);
}

function keep<T>(list: T[], isKept: (item: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(isKept));
}

function numberChanges(world: World): void {
  const last = new Map<string, number>();
  for (const change of inOrder(world.changes, ({ openedAt }) => openedAt)) {
    change.number = (last.get(change.repository.name) ?? 0) + 1;
    last.set(change.repository.name, change.number);
  }
  const reviews = inOrder(
    world.changes.flatMap((change) => change.reviews),
    ({ submittedAt }) => submittedAt,
  );
  reviews.forEach((review, index) => (review.id = padded("RV", index + 1, 6)));
}

function numberTickets(world: World): void {
  const last = new Map<string, number>();
  const tickets = world.changes.flatMap(({ ticket }) => (ticket ? [ticket] : []));
  for (const ticket of inOrder(tickets, ({ createdAt }) => createdAt)) {
    const prefix = ticket.service.ticketPrefix;
    const number = (last.get(prefix) ?? 100) + 1;
    last.set(prefix, number);
    ticket.id = `${prefix}-${number}`;
  }
}

function numberDeployments(world: World): void {
  let next = 100001;
  for (const { run } of inOrder(world.deployments, ({ startedAt }) => startedAt)) {
    if (run.id === "") run.id = `R${next++}`;
  }
}

function numberChangeRequests(world: World): void {
  inOrder(world.changeRequests, ({ createdAt }) => createdAt).forEach((request, index) => {
    request.id = padded("CHG", 30001 + index, 7);
    request.approvals.forEach((approval, place) => (approval.id = `${request.id}-A${place + 1}`));
  });
}
