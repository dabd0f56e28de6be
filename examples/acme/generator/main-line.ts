import { AS_OF, type Instant } from "./clock.ts";
import type { Change } from "./records.ts";
import type { Service } from "./services.ts";

/** Merged changes of a repository in the order in which they were merged. */
export interface MainLine {
  readonly changes: readonly Change[];
  add(change: Change): void;
  /** What the main line ended with at that time. */
  headAt(at: Instant): Change | undefined;
  /** Changes of a service after one commit, up to and with another. */
  between(after: Change | undefined, until: Change, service: Service): Change[];
}

export function mainLine(merged: readonly Change[]): MainLine {
  const changes = merged
    .filter(({ mergedAt }) => mergedAt < AS_OF)
    .sort((one, other) => one.mergedAt - other.mergedAt);
  return {
    changes,
    add(change) {
      if (change.mergedAt < AS_OF) changes.splice(countUntil(changes, change.mergedAt), 0, change);
    },
    headAt: (at) => changes[countUntil(changes, at) - 1],
    between(after, until, service) {
      const from = after ? countUntil(changes, after.mergedAt) : 0;
      return changes
        .slice(from, countUntil(changes, until.mergedAt))
        .filter(({ services }) => services.includes(service));
    },
  };
}

/** How many changes were merged at or before the instant. */
function countUntil(changes: readonly Change[], at: Instant): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as Change).mergedAt <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
