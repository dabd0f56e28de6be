import { DAY, HOUR, type Instant, MINUTE } from "./clock.ts";
import type { Intent } from "./deploy.ts";
import { afterWork, toInstant, toWorked } from "./office-hours.ts";
import { membersOf, type Person, pipelineBot } from "./people.ts";
import type { Random } from "./random.ts";
import type { Approval, ChangeRequest } from "./records.ts";
import { type Service, teamOf } from "./services.ts";
import type { Simulation } from "./simulation.ts";

const TEST_PLAN = "Unit, integration and acceptance suites; smoke test after the deployment";

/** The request that authorises a deployment. Most are right; a few have the flaws that auditors look for. */
export function requestChange({ draw, world }: Simulation, intent: Intent): ChangeRequest {
  const { service, at, step, about, incident } = intent;
  const type = step === "urgent" ? "emergency" : isStandard(intent) ? "standard" : "normal";
  const createdAt =
    type === "emergency"
      ? at - Math.round(draw.between(20, 60) * MINUTE)
      : worksBefore(at, type === "standard" ? 3 : draw.between(20, 60));
  const plannedStart = Math.max(createdAt, at - Math.round(draw.between(5, 40) * MINUTE));
  const request: ChangeRequest = {
    id: "",
    title: intent.title,
    type,
    risk:
      step === "train" || about.labels.includes("migration")
        ? "high"
        : type === "standard"
          ? "low"
          : "medium",
    service,
    requestedBy: about.author.isBot ? draw.pick(membersOf(teamOf(service, at), at)) : about.author,
    createdAt,
    plannedStart,
    plannedEnd: plannedStart + (draw.chance(0.98) ? 4 * HOUR : 5 * MINUTE),
    rollbackPlan: draw.chance(0.97) ? rollbackPlan(service) : "",
    testPlan: draw.chance(0.98) ? TEST_PLAN : "",
    reviewAt: reviewAt(draw, intent, type),
    closedAt: afterWork(at, draw.between(2, 20)),
    incidents: incident && draw.chance(0.95) ? [incident] : [],
    approvals: approvals(draw, { service, at, createdAt, type, requester: about.author }),
  };
  world.changeRequests.push(request);
  return request;
}

/** Routine deployments of services that deploy every day run on a pre-approved template. */
const isStandard = ({ service, about }: Intent) => service.rate > 0.5 && !about.labels.includes("migration");

const worksBefore = (at: Instant, hours: number) => toInstant(toWorked(at) - hours * 60);

const rollbackPlan = (service: Service) =>
  service.isVersioned
    ? "Deploy the previous version; restore the backup taken before the deployment"
    : "Deploy the previous commit; migrations are backwards compatible";

/** Emergencies are looked at afterwards: most within a week, some late. */
function reviewAt(
  draw: Random,
  { at, isNeverReviewed }: Intent,
  type: ChangeRequest["type"],
): Instant | undefined {
  if (type !== "emergency" || isNeverReviewed) return undefined;
  return afterWork(
    at + Math.round((draw.chance(0.9) ? draw.between(1, 5) : draw.between(14, 25)) * DAY),
    draw.between(0.2, 5),
  );
}

interface Request {
  readonly service: Service;
  readonly at: Instant;
  readonly createdAt: Instant;
  readonly type: ChangeRequest["type"];
  readonly requester: Person;
}

function approvals(draw: Random, request: Request): Approval[] {
  const { type, createdAt, at } = request;
  const approval = (approver: Person, role: string, decidedAt: Instant, justification: string): Approval => ({
    id: "",
    approver,
    role,
    decision: "approved",
    decidedAt: Math.round(decidedAt),
    justification,
  });
  if (type === "standard")
    return [
      approval(pipelineBot, "automated policy", createdAt + MINUTE, "All gates of the template passed"),
    ];
  if (type === "emergency") {
    const decidedAt = draw.chance(0.92) ? at - draw.between(2, 15) * MINUTE : at + draw.between(2, 30) * HOUR;
    return [
      approval(
        draw.pick(membersOf("operations", at)),
        "emergency approver",
        decidedAt,
        "Service restoration",
      ),
    ];
  }
  const peerAt = draw.chance(0.985)
    ? createdAt + (at - createdAt) * draw.between(0.1, 0.5)
    : at + draw.between(1, 8) * HOUR;
  const peers = [approval(peerOf(draw, request), "peer", peerAt, "Reviewed the change and its tests")];
  if (draw.chance(0.015)) return peers;
  const boardAt = createdAt + (at - createdAt) * draw.between(0.55, 0.95);
  return [
    ...peers,
    approval(
      draw.pick(membersOf("operations", at)),
      "change advisory board",
      boardAt,
      "Agreed in the weekly meeting",
    ),
  ];
}

/** Somebody else of the team; one in a hundred approves their own work. */
function peerOf(draw: Random, { service, at, requester }: Request): Person {
  if (draw.chance(0.01) && !requester.isBot) return requester;
  return draw.pick(membersOf(teamOf(service, at), at).filter((person) => person !== requester));
}
