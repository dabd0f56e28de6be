import { isoUtc, MINUTE } from "../clock.ts";
import { csv, known, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { auditedDeployments, deploymentId, lot, shaOf } from "./audited.ts";
import { isWithheld } from "./planted.ts";

const ENVIRONMENTS: Readonly<Record<string, string>> = {
  prod: "PRD",
  "prod-eu": "PRD-EU",
  "prod-us": "PRD-US",
};

/** What is tried in production straight after a deployment. */
export function smokeTestsFile(world: World): TextFile {
  const rows = auditedDeployments(world)
    .filter(
      (deployment) => deployment.status === "success" && !isWithheld("smoke test", deploymentId(deployment)),
    )
    .map((deployment) => {
      const { run, attempt, service, head, environment, finishedAt } = deployment;
      return {
        id: `S-${run.id}-${attempt}`,
        service: service.name,
        sha: shaOf(head),
        environment: ENVIRONMENTS[environment],
        suite: "smoke",
        kind: "smoke",
        total: 12,
        failed: 0,
        finished_at: known(finishedAt + (2 + lot(run.id, 6)) * MINUTE, isoUtc),
      };
    });
  return { name: "smoke-tests.csv", text: csv(rows.filter(({ finished_at }) => finished_at !== undefined)) };
}
