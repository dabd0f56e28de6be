import { isoUtc, MINUTE } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { auditedDeployments, deploymentId, keepsBooks } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** The job that keeps back what its tests did not pass on; somebody may have it skipped. */
export function pipelineJobsFile(world: World): TextFile {
  const rows = auditedDeployments(world)
    .filter(({ service }) => keepsBooks(service))
    .map((deployment) => {
      const { run, attempt, startedAt } = deployment;
      const isSkipped = isWithheld("quality gate", deploymentId(deployment));
      return {
        id: `J${run.id.slice(1)}-${attempt}`,
        pipeline_run: `P${run.id.slice(1)}`,
        attempt,
        name: "quality gate",
        started_at: isoUtc(startedAt),
        finished_at: isoUtc(startedAt + MINUTE),
        conclusion: isSkipped ? "skipped" : "success",
      };
    });
  return { name: "pipeline-jobs.csv", text: csv(rows) };
}
