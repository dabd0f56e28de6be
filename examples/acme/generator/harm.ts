import { DAY, HOUR, type Instant, MINUTE } from "./clock.ts";
import { urgentChange } from "./urgent-changes.ts";
import { deploy } from "./deploy.ts";
import { afterWork } from "./office-hours.ts";
import type { Random } from "./random.ts";
import type { Change, Head, Incident, Wave } from "./records.ts";
import type { Simulation } from "./simulation.ts";
import { hasIncidentTool, type Harm } from "./stories.ts";
import { symptom } from "./words.ts";

const DEPLOYMENT_CAUSES = [
  "Missing check of an empty answer",
  "Wrong default in the new configuration",
  "Query without an index",
  "Change of a field that another service still reads",
  "Cache was not cleared",
  "Time zone mixed up",
] as const;

/** How a harmful deployment hurts, where no story says so. */
export function drawnHarm({ draw, repository }: Simulation, wave: Wave): Harm {
  const lot = draw.next();
  const canRollBack = repository.hasReviewTool;
  return {
    severity: draw.chance(0.05) ? 1 : draw.chance(0.3) ? 2 : 3,
    title: symptom(draw, wave.service),
    cause: draw.pick(DEPLOYMENT_CAUSES),
    noticedAfter: draw.logNormal(35, 0.9),
    overAfter: draw.logNormal(75, 0.8),
    remedy: lot < 0.42 && canRollBack ? "rollback" : lot < 0.75 ? "hotfix" : lot < 0.87 ? "revert" : "switch",
    isCauseStated: draw.chance(0.6),
    isRollbackStated: !wave.service.hasCommits || draw.chance(0.5),
  };
}

interface Case {
  readonly simulation: Simulation;
  readonly wave: Wave;
  /** What was live before, and what a rollback goes back to. */
  readonly before: Wave | undefined;
  readonly culprit: Change;
  readonly harm: Harm;
  readonly incident: Incident | undefined;
  readonly noticedAt: Instant;
  readonly overAt: Instant;
}

/** Users are harmed: an incident is opened, and somebody does something about it. */
export function strike(
  simulation: Simulation,
  wave: Wave,
  before: Wave | undefined,
  culprit: Change,
  harm: Harm,
): void {
  const noticedAt = Math.round(wave.liveAt + harm.noticedAfter * MINUTE);
  const overAt = Math.round(noticedAt + harm.overAfter * MINUTE);
  const incident = hasIncidentTool(wave.service, wave.liveAt)
    ? incidentOf(simulation, wave, harm, noticedAt, overAt)
    : undefined;
  const happened: Case = { simulation, wave, before, culprit, harm, incident, noticedAt, overAt };
  simulation.trackOf(wave.service).blockedUntil = overAt;
  if (harm.remedy === "rollback" && before) rollBack(happened, before);
  else if (harm.remedy === "hotfix")
    fixForward(happened, {
      title: `Repair: ${culprit.title}`,
      branch: "hotfix",
      labels: ["hotfix"],
      reverts: [],
    });
  else if (harm.remedy === "revert")
    fixForward(happened, {
      title: `Revert "${culprit.title}"`,
      branch: "revert",
      labels: [],
      reverts: [culprit],
    });
  else repairLater(happened);
}

function incidentOf(
  simulation: Simulation,
  wave: Wave,
  harm: Harm,
  noticedAt: Instant,
  overAt: Instant,
): Incident {
  const known = harm.sharedAs === undefined ? undefined : simulation.shared.get(harm.sharedAs);
  const incident = known ?? openIncident(simulation, wave, harm, noticedAt, overAt);
  if (harm.isCauseStated) incident.causedBy.push(wave.deployments[0]?.run ?? { id: wave.version ?? "" });
  if (known?.mitigatedAt) known.mitigatedAt = Math.max(known.mitigatedAt, overAt);
  if (harm.sharedAs !== undefined) simulation.shared.set(harm.sharedAs, incident);
  return incident;
}

function openIncident(
  { draw, world }: Simulation,
  wave: Wave,
  harm: Harm,
  noticedAt: Instant,
  overAt: Instant,
): Incident {
  const incident: Incident = {
    id: "",
    service: wave.service,
    title: harm.title,
    severity: harm.severity,
    classification: "change",
    startedAt: Math.round(wave.liveAt + (noticedAt - wave.liveAt) * draw.between(0.05, 0.6)),
    detectedAt: noticedAt,
    acknowledgedAt: noticedAt + Math.round(draw.logNormal(5, 0.7) * MINUTE),
    mitigatedAt: draw.chance(0.88) || harm.sharedAs !== undefined ? overAt : undefined,
    resolvedAt: draw.chance(0.98) ? closedAt(draw, overAt) : undefined,
    causedBy: [],
    cause: harm.cause,
  };
  world.incidents.push(incident);
  return incident;
}

/** Three in ten tickets stay open for days after users are served again. */
function closedAt(draw: Random, overAt: Instant): Instant {
  const delay = draw.chance(0.3) ? draw.between(2, 9) * DAY : draw.between(0.5, 6) * HOUR;
  return afterWork(overAt + Math.round(delay), draw.between(0.1, 2));
}

/** Goes back to what was live before, then repairs in peace. */
function rollBack(happened: Case, before: Wave): void {
  const { simulation, wave, harm, overAt } = happened;
  simulation.agenda.add(overAt - 12 * MINUTE, (at) => {
    deploy(simulation, {
      service: wave.service,
      at,
      head: before.head,
      about: before.head.change,
      step: "urgent",
      title: `Roll back ${wave.service.name}`,
      branch: before.head.pick?.branch ?? "main",
      labels: harm.isRollbackStated ? ["rollback"] : [],
      takesBack: { wave, isStated: harm.isRollbackStated, to: before },
      isCertain: true,
    });
  });
  repairLater(happened);
}

/** The bad change is reverted or repaired on the main line in the next working hours, and goes live with the next planned deployment. */
function repairLater({ simulation, wave, culprit, harm, incident, overAt }: Case): void {
  const { draw, repository, mainLine } = simulation;
  const isRevert = draw.chance(0.5) || culprit.labels.includes("migration");
  const mergedAt = afterWork(overAt, draw.between(2, 9));
  const isRisky = harm.remedy === "rollback";
  mainLine.add(
    urgentChange(draw, {
      repository,
      service: wave.service,
      title: isRevert ? `Revert "${culprit.title}"` : `Repair: ${culprit.title}`,
      neededAt: overAt,
      mergedAt,
      branch: isRevert ? "revert/change" : "fix/incident",
      labels: [],
      reverts: isRevert ? [culprit] : [],
      fixes: incident ? [incident] : [],
      paths: culprit.paths,
    }),
  );
  if (isRisky) simulation.trackOf(wave.service).blockedUntil = mergedAt + 10 * MINUTE;
}

interface Fix {
  readonly title: string;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly reverts: readonly Change[];
}

/** A fix is merged and deployed at once. */
function fixForward(
  { simulation, wave, harm, incident, noticedAt, overAt }: Case,
  { title, branch, labels, reverts }: Fix,
): void {
  const { draw, repository, mainLine } = simulation;
  const mergedAt = overAt - Math.round(draw.between(22, 30) * MINUTE);
  const neededAt = Math.min(noticedAt, mergedAt - 5 * MINUTE);
  const fix = urgentChange(draw, {
    repository,
    service: wave.service,
    title,
    neededAt,
    mergedAt,
    branch: `${branch}/${wave.service.name}`,
    labels,
    reverts,
    fixes: incident ? [incident] : [],
  });
  mainLine.add(fix);
  simulation.agenda.add(overAt - 12 * MINUTE, (at) => {
    deploy(simulation, {
      service: wave.service,
      at,
      head: headOfFix(simulation, wave, fix),
      about: fix,
      step: "urgent",
      title,
      branch: wave.service.hasReleaseBranches
        ? releaseBranch(wave)
        : labels.includes("hotfix")
          ? fix.branch
          : "main",
      labels,
      incident,
      isNeverReviewed: harm.isNeverReviewed,
      isCertain: true,
    });
  });
}

const releaseBranch = ({ version = "" }: Wave) => `release/${version.split(".").slice(0, 2).join(".")}`;

/** Core-banking picks the fix onto the branch of the running release; everybody else deploys the main line. */
function headOfFix({ trackOf }: Simulation, wave: Wave, fix: Change): Head {
  if (!wave.service.hasReleaseBranches) return { change: fix, pick: undefined };
  const onto = trackOf(wave.service).live?.head ?? wave.head;
  const committedAt = fix.mergedAt + 4 * MINUTE;
  return { change: onto.change, pick: { sha: "", branch: releaseBranch(wave), onto, of: fix, committedAt } };
}
