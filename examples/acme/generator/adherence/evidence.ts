import { HOUR, isoUtc } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import type { World } from "../records.ts";
import { artifactProof } from "./artifacts.ts";
import { auditedDeployments, deploymentId } from "./audited.ts";
import { isWithheld } from "./planted.ts";
import { acceptances } from "./releases.ts";

/** All that proves a step and has no form of its own. */
export function evidenceFile(world: World): TextFile {
  return {
    name: "evidence.csv",
    text: csv([...acceptances(world), ...artifactProof(world), ...withoutImpact(world)]),
  };
}

/** Attempts that failed before anybody could notice, by the word of who looked. */
const withoutImpact = (world: World): Record<string, string>[] =>
  auditedDeployments(world)
    .filter(
      (deployment) => deployment.status === "failure" && !isWithheld("no impact", deploymentId(deployment)),
    )
    .map((deployment) => ({
      id: `NI-${deployment.run.id}-${deployment.attempt}`,
      kind: "no_impact",
      subject: deploymentId(deployment),
      service: deployment.service.name,
      at: isoUtc(deployment.finishedAt + HOUR),
      actor: "ralbrecht",
      outcome: "none",
      attributes: "",
    }));
