import { isoUtc, MINUTE } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { auditedDeployments, deploymentId, keepsBooks, lot } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** The job that keeps back what its tests did not pass on, which somebody may have skipped; and the one that somebody starts. */
export function pipelineJobsFile(world: World): TextFile {
  const rows = auditedDeployments(world)
    .filter(({ service }) => keepsBooks(service))
    .flatMap((deployment) => {
      const { run, attempt, startedAt } = deployment;
      const isSkipped = isWithheld("quality gate", deploymentId(deployment));
      const job = { pipeline_run: `P${run.id.slice(1)}`, attempt };
      const id = `J${run.id.slice(1)}-${attempt}`;
      const gateEnds = startedAt + MINUTE;
      const goesLive = gateEnds + 20 + lot(id, 200);
      return [
        {
          ...{ id, ...job, name: "quality gate", is_manual: false, queued_at: "" },
          ...{ started_at: isoUtc(startedAt), finished_at: isoUtc(gateEnds) },
          conclusion: isSkipped ? "skipped" : "success",
        },
        {
          ...{ id: `${id}-live`, ...job, name: "go live", is_manual: true, queued_at: isoUtc(gateEnds) },
          ...{ started_at: isoUtc(goesLive), finished_at: isoUtc(goesLive + 5) },
          conclusion: "success",
        },
      ];
    });
  return { name: "pipeline-jobs.csv", text: csv(rows) };
}
