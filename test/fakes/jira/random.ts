import { Chance } from "../../support/chance.ts";
import {
  type Approval,
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

type Seen = (kind: string) => void;

const nothing: Seen = () => undefined;

export interface Happenings {
  readonly count: number;
  /** Whether things are hidden too, and shown again. */
  readonly disappear?: boolean;
  readonly seen?: Seen;
}

/** A Jira with three projects, one of them of Service Management, and what happened in it: the same for the same seed. */
export function randomWorld(
  seed: number,
  happenings: Happenings = { count: 60 },
): { readonly world: World; readonly chance: Chance } {
  // Across the night in which clocks go back in Berlin.
  const world = new World("2025-10-25T20:00:00Z");
  const chance = new Chance(seed);
  world.zone = chance.of(["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"]);
  world.project("PAY");
  world.project("LED");
  world.project("DESK", "service_desk");
  happen(world, chance, happenings);
  return { world, chance };
}

/** False: not now. */
type Happening = (world: World, chance: Chance, at: number) => unknown;

const any = <T>(items: Iterable<T>, chance: Chance): T | undefined => chance.of([...items]);

function create(world: World, chance: Chance, at: number): void {
  const project = any(world.projects.values(), chance) as Project;
  const by = chance.one(PEOPLE);
  const type = chance.one(TYPES);
  const components = [chance.of(COMPONENTS)].filter((one) => one !== undefined).slice(0, chance.whole(0, 1));
  const issue = world.create(project, {
    by,
    at,
    type,
    summary: `Work, "quoted" = ${chance.whole(1, 99)}`,
    components,
    description: `Since 2.0:\nsee "it", ${at}`,
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
  (change: (world: World, chance: Chance, issue: Issue, at: number) => unknown): Happening =>
  (world, chance, at) => {
    const issue = any(world.issues.values(), chance);
    return issue !== undefined && change(world, chance, issue, at);
  };

/** What may happen. */
const HAPPENINGS: Readonly<Record<string, Happening>> = {
  "an issue": create,
  "an edit": onAny((world, chance, issue, at) =>
    world.edit(issue, { summary: `Edited ${chance.whole(1, 99)}`, description: `At ${at}` }, at),
  ),
  "a step": onAny((world, chance, issue, at) =>
    world.move(issue, chance.one([TO_DO, IN_PROGRESS, DONE]), chance.one(PEOPLE), at),
  ),
  "a field set": onAny((world, chance, issue, at) =>
    world.set(issue, "Severity", chance.of(["sev1", "sev3", undefined]), at),
  ),
  // Of a field that the configuration does not name: that one could not be found any more.
  "a field renamed": (world, chance) => {
    const field = world.fields.find(({ kind }) => kind === "any");
    if (field) field.name = `Anything ${chance.whole(1, 99)}`;
    return field !== undefined;
  },
  "another project": onAny((world, chance, issue, at) =>
    world.transfer(issue, any(world.projects.values(), chance) ?? issue.project, at),
  ),
  "a link": onAny((world, chance, issue, at) => {
    const other = any(world.issues.values(), chance);
    if (other === undefined || other === issue) return false;
    world.link(chance.one([CAUSES, RELATES]), issue, other, at);
    return true;
  }),
  "a deletion": onAny((world, chance, issue) => {
    if (chance.whole(1, 3) > 1) return false;
    world.remove(issue);
    return true;
  }),
  "a decision": (world, chance, at) => {
    const waiting = any(
      [...world.issues.values()].filter(({ approvals }) => approvals.some(isOpen)),
      chance,
    );
    const approval = waiting?.approvals.find(isOpen);
    const next = approval?.approvers.find(({ decision }) => decision === "pending");
    if (!waiting || !approval || !next) return false;
    world.decide(waiting, approval, next.user.login, chance.one(["approved", "declined"]), at);
    return true;
  },
};

/** What is there, and not for the token's owner. */
const DISAPPEARING: Readonly<Record<string, Happening>> = {
  "an issue that is hidden": onAny((world, _, issue) => world.hide(issue)),
  "a project that is hidden": (world, chance) => {
    const open = [...world.projects.values()].filter((one) => world.isOpen(one));
    // Where none is shown, a run fails, and says so.
    if (open.length < 3) return false;
    const closed = any(open, chance);
    if (closed) world.hide(closed);
    return true;
  },
  "something that is shown again": (world, chance) => {
    const hidden = any(world.hidden, chance);
    if (hidden !== undefined) world.show(hidden);
    return hidden !== undefined;
  },
};

export const CHANGE_NAMES = [...Object.keys(HAPPENINGS), ...Object.keys(DISAPPEARING)];

const isOpen = ({ completedAt }: Approval) => completedAt === undefined;

/** So many things happen, some in the same minute, some hours apart. */
export function happen(
  world: World,
  chance: Chance,
  { count, disappear = false, seen = nothing }: Happenings,
): void {
  const all = disappear ? { ...HAPPENINGS, ...DISAPPEARING } : HAPPENINGS;
  for (let index = 0; index < count; index += 1) {
    const at = world.now + chance.one([0, 20, 1_000, 40_000, 10 * MINUTE, 90 * MINUTE]);
    const name = chance.percent(15) ? "an issue" : (chance.of(Object.keys(all)) ?? "");
    if (all[name]?.(world, chance, at) !== false) seen(name);
    world.now = Math.max(world.now, at);
  }
}
