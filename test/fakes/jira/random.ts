import { Chance } from "../../support/chance.ts";
import {
  CAUSES,
  DONE,
  IN_PROGRESS,
  type Issue,
  type NewIssue,
  type Project,
  RELATES,
  TO_DO,
  TYPES,
  World,
} from "./world.ts";

const PEOPLE = ["ada", "grace", "linus", "margaret"] as const;
const COMPONENTS = ["Payments API", "ledger", "Ledger batch", "<script>alert(1)</script>"] as const;
const MINUTE = 60_000;

/** A Jira with three projects, one of them of Service Management, and what happened in it: the same for the same seed. */
export function randomWorld(seed: number, count = 60): { readonly world: World; readonly chance: Chance } {
  // Across the night in which clocks go back in Berlin.
  const world = new World("2025-10-25T20:00:00Z");
  const chance = new Chance(seed);
  world.zone = chance.of(["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"]);
  world.project("PAY");
  world.project("LED");
  world.project("DESK", "service_desk");
  happen(world, chance, count);
  return { world, chance };
}

type Happening = (world: World, chance: Chance, at: number) => void;

const any = <T>(items: Iterable<T>, chance: Chance): T | undefined => chance.of([...items]);

function create(world: World, chance: Chance, at: number): void {
  const project = any(world.projects.values(), chance) as Project;
  const by = chance.of(PEOPLE) ?? "ada";
  const type = chance.of(TYPES) ?? "Task";
  const components = [chance.of(COMPONENTS)].filter((one) => one !== undefined).slice(0, chance.whole(0, 1));
  const issue = world.create(project, {
    by,
    at,
    type,
    summary: `Work, "quoted" = ${chance.whole(1, 99)}`,
    components,
    custom: customOf(type, at),
  });
  if (type === "[System] Change" && issue.isRequest)
    world.ask(issue, "Peer", ["grace", "margaret"].slice(0, chance.whole(1, 2)), at);
}

const customOf = (type: NewIssue["type"], at: number): Readonly<Record<string, string>> =>
  type === "[System] Change"
    ? {
        "Change risk": "Low",
        "Change start date": new Date(at + 60 * MINUTE).toISOString(),
        "Backout plan": "Stop.\nGo back.",
      }
    : type === "[System] Incident"
      ? { Severity: "sev2", Started: new Date(at - 5 * MINUTE).toISOString() }
      : {};

const onAny =
  (change: (world: World, chance: Chance, issue: Issue, at: number) => void): Happening =>
  (world, chance, at) => {
    const issue = any(world.issues.values(), chance);
    if (issue) change(world, chance, issue, at);
  };

const HAPPENINGS: readonly Happening[] = [
  create,
  create,
  onAny((world, chance, issue, at) => world.edit(issue, { summary: `Edited ${chance.whole(1, 99)}` }, at)),
  onAny((world, chance, issue, at) =>
    world.move(issue, chance.of([TO_DO, IN_PROGRESS, DONE]) ?? DONE, chance.of(PEOPLE) ?? "ada", at),
  ),
  onAny((world, chance, issue, at) =>
    world.move(issue, chance.of([IN_PROGRESS, DONE]) ?? DONE, chance.of(PEOPLE) ?? "ada", at),
  ),
  onAny((world, chance, issue, at) =>
    world.transfer(issue, any(world.projects.values(), chance) ?? issue.project, at),
  ),
  onAny((world, chance, issue, at) => {
    const other = any(world.issues.values(), chance);
    if (other && other !== issue) world.link(chance.of([CAUSES, RELATES]) ?? RELATES, issue, other, at);
  }),
  onAny((world, chance, issue) => (chance.whole(1, 3) === 1 ? world.remove(issue) : undefined)),
  onAny((world, chance, issue, at) => {
    const approval = issue.approvals.find(({ completedAt }) => completedAt === undefined);
    const waiting = approval?.approvers.find(({ decision }) => decision === "pending");
    if (approval && waiting)
      world.decide(
        issue,
        approval,
        waiting.user.login,
        chance.of(["approved", "declined"]) ?? "approved",
        at,
      );
  }),
];

/** So many things happen, some in the same minute, some hours apart. */
export function happen(world: World, chance: Chance, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const at = world.now + (chance.of([0, 20, 1_000, 40_000, 10 * MINUTE, 90 * MINUTE]) ?? 0);
    chance.of(HAPPENINGS)?.(world, chance, at);
    world.now = Math.max(world.now, at);
  }
}
