import { START } from "../../../examples/acme/generator/clock.ts";
import { ENDED } from "../../../examples/acme/generator/files/rules.ts";
import type { Change, ChangeRequest, Deployment } from "../../../examples/acme/generator/records.ts";
import {
  deployments,
  deploymentsOf,
  type Finding,
  found,
  ids,
  isUrgent,
  requests,
  requestUnit,
  shipped,
  waveOf,
  world,
} from "./bank.ts";

/** A, B and C: what people did not ask for, did not wait for, or had no right to. */
export const authorisation = (): Finding[] => [
  ...found("POP-01", "exempt", ["pipeline:R103639", "pipeline:R103640"]),
  ...found(
    "POP-01",
    "fail",
    ids(withoutRequest().filter(({ run }) => !["R103639", "R103640"].includes(run.id))),
  ),
  // Three sources have a row that cannot be read; of the others nobody says that they are whole.
  ...found("POP-03", "fail", ["code", "pipeline", "service-desk"]),
  ...found("POP-03", "unknown", ["links", "office", "proof", "repositories", "watch"]),
  ...["POP-05", "POP-06", "AUT-05"].flatMap((control) =>
    found(control, "unknown", beforeRecords().map(requestUnit)),
  ),
  ...found("AUT-05", "fail", requests.filter(isWithoutWayBack).map(requestUnit)),
  ...["AUT-01", "AUT-04"].flatMap((control) => found(control, "fail", ids(unapproved()))),
  ...found("AUT-02", "exempt", ["service-desk:CHG0030598"]),
  ...found(
    "AUT-02",
    "fail",
    withoutBoard()
      .map(requestUnit)
      .filter((unit) => unit !== "service-desk:CHG0030598"),
  ),
  ...found(
    "AUT-06",
    "fail",
    low()
      .filter((request) => brings(request).some(isMigration))
      .map(requestUnit),
  ),
  ...found(
    "AUT-06",
    "unknown",
    low()
      .filter((request) => brings(request).length === 0)
      .map(requestUnit),
  ),
  ...["SOD-01", "SOD-02"].flatMap((control) => found(control, "unknown", ids(firstOfRepositories()))),
  ...found("SOD-04", "exempt", ["pipeline:R104476"]),
  ...found("SOD-04", "fail", ids(withoutRole().filter(({ run }) => run.id !== "R104476"))),
];

const withoutRequest = () => deployments.filter(({ changeRequest }) => !changeRequest);

const unapproved = () =>
  deployments.filter(
    (deployment) =>
      !isUrgent(deployment) &&
      !deployment.changeRequest?.approvals.some(({ decidedAt }) => decidedAt < deployment.startedAt),
  );

/** Asked for before the first day that anybody vouches for. */
const beforeRecords = () => requests.filter(({ createdAt }) => createdAt < START);

const withoutBoard = () =>
  requests.filter(({ type, risk, approvals, plannedStart }) => {
    const onBoard = approvals.filter(
      ({ role, decidedAt }) => role.includes("board") && decidedAt < plannedStart + 3600,
    );
    return type === "normal" && risk === "high" && onBoard.length === 0;
  });

/** The field was left empty, also where a plan was written elsewhere. */
const isWithoutWayBack = ({ type, rollbackPlan }: ChangeRequest) => type === "normal" && rollbackPlan === "";

const low = () => requests.filter(({ risk }) => risk === "low");

const isMigration = ({ paths }: Change) => paths.some((path) => path.includes("migrations/"));

/** What the deployments of a request were the first to put live. */
const brings = (request: ChangeRequest): readonly Change[] =>
  (deploymentsOf.get(request) ?? []).flatMap((deployment) => {
    const wave = waveOf.get(deployment);
    return wave ? (shipped.get(wave) ?? []) : [];
  });

/** Repositories read with git go back beyond the records: what the first deployment of a service brought nobody knows. */
const firstOfRepositories = (): Deployment[] =>
  ["payments", "ledger"].flatMap((name) => {
    const waves = world.waves.filter(({ service }) => service.name === name);
    return waves.sort((one, other) => one.liveAt - other.liveAt)[0]?.deployments ?? [];
  });

const withoutRole = () =>
  deployments.filter(({ deployer, startedAt }) => {
    const end = ENDED[`${deployer.login} developer`];
    return end !== undefined && startedAt >= Date.parse(end) / 1000;
  });
