import type { Instant } from "./clock.ts";
import { MINUTE } from "./clock.ts";
import type { Random } from "./random.ts";
import type { Head, TestRun, World } from "./records.ts";
import type { Service } from "./services.ts";

const SUITES = [
  { suite: "unit", total: 900, before: 240, hasCoverage: true },
  { suite: "integration", total: 140, before: 215, hasCoverage: false },
  { suite: "acceptance", total: 35, before: 190, hasCoverage: false },
] as const;

/** What was tested before a deployment. A few suites were never run, a few had failed. */
export function testHead(
  draw: Random,
  world: World,
  service: Service,
  head: Head,
  deployedAt: Instant,
): void {
  for (const { suite, total, before, hasCoverage } of SUITES) {
    if (draw.chance(0.015)) continue;
    const run: TestRun = {
      id: "",
      service,
      head,
      suite,
      kind: suite,
      total: Math.round(total * draw.between(0.9, 1.1)),
      failed: draw.chance(0.012) ? draw.integer(1, 4) : 0,
      skipped: draw.chance(0.2) ? draw.integer(1, 6) : 0,
      coverage: hasCoverage ? Math.round(draw.between(0.71, 0.91) * 1000) / 1000 : undefined,
      finishedAt:
        Math.max(head.change.mergedAt + 5 * MINUTE, deployedAt - before * MINUTE) + draw.integer(0, 240),
    };
    world.tests.push(run);
  }
}
