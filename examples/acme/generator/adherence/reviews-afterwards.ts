import { DAY, HOUR, type Instant, isoUtc } from "../clock.ts";
import { csv, known, type TextFile } from "../files/text.ts";
import { membersOf, type Person } from "../people.ts";
import type { ChangeRequest, Deployment, World } from "../records.ts";
import { auditedDeployments, auditedRequests, lot } from "./audited.ts";
import { isWithheld } from "./planted.ts";

interface Reviewed {
  readonly request: ChangeRequest;
  readonly at: Instant;
  readonly deployers: readonly Person[];
}

/** Emergencies that were looked at, and what failed, was taken back, or bore a high risk. */
function reviewed(world: World): Reviewed[] {
  const deployed = Map.groupBy(auditedDeployments(world), ({ changeRequest }) => changeRequest);
  return auditedRequests(world).flatMap((request) => {
    const deployments = deployed.get(request) ?? [];
    const deployers = deployments.map(({ deployer }) => deployer);
    const endedAt = Math.max(...deployments.map(({ finishedAt }) => finishedAt));
    const at =
      request.type === "emergency" ? request.reviewAt : endedAt + (2 + lot(request.id, 6)) * DAY + HOUR;
    const isDue = request.type === "emergency" || request.risk === "high" || isTroubled(deployments);
    return isDue && at !== undefined && deployments.length > 0 ? [{ request, at, deployers }] : [];
  });
}

/** An attempt failed, or another commit went out by the same request: the way back. */
const isTroubled = (deployments: readonly Deployment[]) =>
  deployments.some(({ status }) => status === "failure") ||
  new Set(deployments.map(({ head }) => head)).size > 1;

/** Reviews of what had gone wrong, or might have. */
export function reviewsAfterwardsFile(world: World): TextFile {
  const rows = reviewed(world)
    .filter(({ request }) => !isWithheld("review", request.id))
    .map(({ request, at, deployers }) => {
      const team = membersOf("operations", at).filter((person) => !deployers.includes(person));
      return {
        id: `PIR-${request.id.slice(3)}`,
        change_request: request.id,
        service: request.service.name,
        held_at: known(at, isoUtc),
        reviewer: team[lot(request.id, team.length)]?.login,
        outcome: request.type === "emergency" ? "successful" : "partly_successful",
        is_approved: true,
        tests_made_good: true,
        documents_made_good: true,
        anomalies: "None beside what the incident says",
        feedback: "Watch the first five minutes",
      };
    });
  return { name: "reviews-afterwards.csv", text: csv(rows.filter(({ held_at }) => held_at !== undefined)) };
}
