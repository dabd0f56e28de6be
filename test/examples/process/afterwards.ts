import { SEED } from "../../../examples/acme/generate.ts";
import { isAudited } from "../../../examples/acme/generator/adherence/audited.ts";
import { DAY } from "../../../examples/acme/generator/clock.ts";
import { ENDED } from "../../../examples/acme/generator/files/rules.ts";
import { addOutsideIncidents } from "../../../examples/acme/generator/outside-incidents.ts";
import { emptyWorld, type Incident } from "../../../examples/acme/generator/records.ts";
import { deploymentsOf, type Finding, found, requests, requestUnit, world } from "./bank.ts";

/** I and J: emergencies, and what comes after. */
export const afterwards = (): Finding[] => [
  ...found(
    "EMG-01",
    "fail",
    emergencies.filter((request) => request.incidents.length === 0 || !isEntitled(request)).map(requestUnit),
  ),
  ...found("EMG-02", "fail", emergencies.filter(isReviewedLate).map(requestUnit)),
  ...found("RBK-01", "fail", emergencies.filter(({ rollbackPlan }) => rollbackPlan === "").map(requestUnit)),
  ...found(
    "PIR-03",
    "unknown",
    world.incidents.filter(isInferred).map(({ id }) => `service-desk:${id}`),
  ),
  // A rollback goes by the request of what it takes back: the risk is that request's, the review came when the version was old.
  ...found("PIR-01", "fail", ["core-banking@2025.4.2"]),
  // Nobody has laid down for how long to keep what these hold.
  ...found("RET-01", "unknown", ["code", "links", "office", "proof", "watch"]),
  ...found("EXC-01", "fail", ["office:X-03"]),
];

const emergencies = requests.filter(({ type }) => type === "emergency");

const isEntitled = ({ approvals }: (typeof emergencies)[number]) =>
  approvals.some(({ approver, decidedAt }) => {
    const end = ENDED[`${approver.login} emergency-approver`];
    return end === undefined || decidedAt < Date.parse(end) / 1000;
  });

const isReviewedLate = (request: (typeof emergencies)[number]) => {
  const endedAt = Math.max(...(deploymentsOf.get(request) ?? []).map(({ finishedAt }) => finishedAt));
  return request.reviewAt === undefined || request.reviewAt > endedAt + 7 * DAY;
};

const outside = emptyWorld();
addOutsideIncidents(SEED, outside, 1);
const outsideTimes = new Set(
  outside.incidents.map(({ service, startedAt }) => `${service.name} ${startedAt}`),
);

/** A deployment did it, but neither it nor a rollback is named: the emergency that repaired it is all there is to go by. */
const isInferred = (incident: Incident) =>
  isAudited(incident.service) &&
  incident.causedBy.length === 0 &&
  !outsideTimes.has(`${incident.service.name} ${incident.startedAt}`) &&
  emergencies.some(({ incidents }) => incidents.includes(incident));
