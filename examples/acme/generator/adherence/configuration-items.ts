import { DAY, isoUtc, MINUTE } from "../clock.ts";
import { csv, known, type TextFile } from "../files/text.ts";
import type { Deployment, World } from "../records.ts";
import { auditedDeployments, deploymentId, lot, shaOf } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** Within the hour, or where somebody forgot it three days later. */
const shownAt = (deployment: Deployment) =>
  isWithheld("configuration item", deploymentId(deployment))
    ? deployment.finishedAt + 3 * DAY
    : deployment.finishedAt + (10 + lot(deployment.run.id, 50)) * MINUTE;

/** What the configuration database says after each deployment. */
export function configurationItemsFile(world: World): TextFile {
  const rows = auditedDeployments(world)
    .filter((deployment) => deployment.status === "success")
    .map((deployment) => ({ ...deployment, shownAt: shownAt(deployment) }))
    .map(({ run, attempt, service, head, version, environment, shownAt }) => ({
      id: `CI-${run.id}-${attempt}`,
      name: `${service.name} ${environment}`,
      service: service.name,
      version: version ?? shaOf(head),
      owner: service.team,
      updated_at: known(shownAt, isoUtc),
    }));
  return {
    name: "configuration-items.csv",
    text: csv(rows.filter(({ updated_at }) => updated_at !== undefined)),
  };
}
