import { type Instant, isoUtc, MINUTE } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { auditedDeployments, deploymentId } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** One region, so that a few customers come first; the others go out region by region. */
const PROGRESSIVE = ["ledger", "core-banking"];

export function rolloutStepsFile(world: World): TextFile {
  const rows = auditedDeployments(world)
    .filter(
      (deployment) =>
        PROGRESSIVE.includes(deployment.service.name) &&
        deployment.status === "success" &&
        !isWithheld("rollout", deploymentId(deployment)),
    )
    .flatMap((deployment) => {
      const { run, attempt, startedAt } = deployment;
      const step = (number: number, ring: string, share: number, from: Instant, until: Instant) => ({
        id: `${run.id}-${attempt}-${number}`,
        deployment: deploymentId(deployment),
        strategy: "canary",
        ring,
        share,
        started_at: isoUtc(from),
        finished_at: isoUtc(until),
        outcome: "passed",
      });
      const shiftedAt = startedAt + 20 * MINUTE;
      return [
        step(1, "branch in Bremen", 0.05, startedAt, shiftedAt),
        step(2, "all", 1, shiftedAt, shiftedAt + 5 * MINUTE),
      ];
    });
  return { name: "rollout-steps.csv", text: csv(rows) };
}
