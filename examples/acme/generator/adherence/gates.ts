import { isoUtc, MINUTE } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import { membersOf, type Person } from "../people.ts";
import type { Deployment, World } from "../records.ts";
import { auditedDeployments, deploymentId, lot } from "./audited.ts";
import { isWithheld } from "./planted.ts";

/** The gate before production: somebody of operations who does not deploy it opens it. */
export function gatesFile(world: World): TextFile {
  const rows = auditedDeployments(world)
    .filter((deployment) => !isWithheld("gate", deploymentId(deployment)))
    .map((deployment) => ({
      id: `G-${deployment.run.id}-${deployment.attempt}`,
      deployment: deploymentId(deployment),
      approver: gatekeeperOf(deployment).login,
      decision: "approved",
      decided_at: isoUtc(deployment.startedAt - 4 * MINUTE),
      justification: "Gate before production: request, tests and staging are there",
    }));
  return { name: "gates.csv", text: csv(rows) };
}

function gatekeeperOf({ run, deployer, startedAt }: Deployment): Person {
  const others = membersOf("operations", startedAt).filter((person) => person !== deployer);
  return others[lot(run.id, others.length)] as Person;
}
