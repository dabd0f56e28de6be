import { DAY, type Instant } from "./clock.ts";
import { afterWork } from "./office-hours.ts";
import type { Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Ticket } from "./records.ts";
import type { Service } from "./services.ts";

interface Work {
  readonly service: Service;
  readonly title: string;
  readonly author: Person;
  readonly firstCommitAt: Instant;
  readonly mergedAt: Instant;
}

/** The ticket that a change was made for: written days or weeks before, closed after the merge. */
export function openTicket(draw: Random, { service, title, author, firstCommitAt, mergedAt }: Work): Ticket {
  const writtenBefore = draw.logNormal(9, 0.8) * DAY;
  return {
    id: "",
    service,
    kind: title.startsWith("Fix") ? "bug" : draw.pick(["story", "story", "task"] as const),
    title,
    createdAt: afterWork(Math.round(firstCommitAt - writtenBefore), 0.2),
    resolvedAt: afterWork(mergedAt, draw.logNormal(4, 1)),
    assignee: author,
  };
}
