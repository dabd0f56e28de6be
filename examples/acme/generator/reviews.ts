import type { Instant } from "./clock.ts";
import { afterWork } from "./office-hours.ts";
import type { Person } from "./people.ts";
import type { Random } from "./random.ts";
import type { Review } from "./records.ts";
import type { Stages } from "./services.ts";

/** Who looked at a change when: one look, or a talk of several. One change in twenty-five nobody looks at. */
export function reviewed(
  draw: Random,
  team: readonly Person[],
  author: Person,
  openedAt: Instant,
  stages: Stages,
): Review[] {
  const others = team.filter((person) => person !== author);
  if (draw.chance(0.04)) return [];
  const review = (reviewer: Person, state: Review["state"], submittedAt: Instant): Review => ({
    id: "",
    reviewer,
    state,
    submittedAt,
  });
  const first = draw.pick(others);
  const firstAt = afterWork(openedAt, draw.logNormal(stages.pickup, 1));
  if (draw.chance(0.45)) return [review(first, "approved", firstAt)];
  const answerAt = afterWork(firstAt, draw.logNormal(stages.review, 0.8));
  const reviews = [
    review(first, draw.chance(0.4) ? "changes_requested" : "commented", firstAt),
    review(first, "approved", answerAt),
  ];
  if (draw.chance(0.25))
    reviews.push(review(draw.pick(others), "approved", afterWork(answerAt, draw.logNormal(1, 0.6))));
  return reviews;
}
