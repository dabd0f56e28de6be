import { Chance } from "../../../support/chance.ts";
import {
  closeChange,
  decide,
  dependsOn,
  open,
  reference,
  reopen,
  requestChange,
  resolve,
  service,
} from "./happen.ts";
import { iso, type Row, World } from "./world.ts";

/** One that is gone and comes back between two runs, while another goes. */
function exchange(world: World, chance: Chance, name: string, row: Row): void {
  const other = any(world, chance, name);
  world.delete(name, row);
  world.plan(world.now + chance.whole(1, 86_400 * 3), () => {
    if (other && other !== row && world.table(name).rows.has(other.id)) world.delete(name, other);
    world.restore(name, row);
  });
}

/** What may happen. False: not now. */
const HAPPENINGS: Readonly<Record<string, (world: World, chance: Chance) => boolean>> = {
  "a change request": (world, chance) =>
    to(any(world, chance, "cmdb_ci_service"), (of) => requestChange(world, of)),
  "a decision": (world, chance) =>
    to(any(world, chance, "change_request"), (change) =>
      decide(world, change, chance.one(["ada", "grace"]), chance.one(["approved", "rejected", "requested"])),
    ),
  "a decision withdrawn": (world, chance) =>
    to(any(world, chance, "sysapproval_approver"), (decision) =>
      world.update("sysapproval_approver", decision, { state: "cancelled" }),
    ),
  "an incident": (world, chance) =>
    to(any(world, chance, "change_request"), (change) =>
      open(world, chance.percent(80) ? any(world, chance, "cmdb_ci_service") : undefined, {
        caused_by: reference(change, "CHG"),
      }),
    ),
  "an incident resolved": (world, chance) =>
    to(any(world, chance, "incident"), (incident) => resolve(world, incident)),
  "an incident opened again": (world, chance) =>
    to(any(world, chance, "incident"), (incident) => reopen(world, incident)),
  "a late edit": (world, chance) =>
    to(any(world, chance, "change_request"), (change) =>
      chance.percent(50)
        ? closeChange(world, change)
        : world.update("change_request", change, { short_description: `Edited ${world.now}` }),
    ),
  "a deletion": (world, chance) => {
    const name = chance.one(["change_request", "incident", "sysapproval_approver", "cmdb_rel_ci"]);
    return to(any(world, chance, name), (row) => world.delete(name, row));
  },
  "a deletion taken back while another is made": (world, chance) => {
    const name = chance.one(["change_request", "incident", "sysapproval_approver"]);
    return to(any(world, chance, name), (row) => exchange(world, chance, name, row));
  },
  "many in one second": (world, chance) =>
    to(any(world, chance, "cmdb_ci_service"), (of) => {
      for (let many = chance.whole(20, 150); many > 0; many -= 1) requestChange(world, of);
    }),
  "a service renamed": (world, chance) =>
    to(any(world, chance, "cmdb_ci_service"), (of) =>
      world.update("cmdb_ci_service", of, { name: chance.one(["payments", "Renamed", "search"]) }),
    ),
  "a relation": (world, chance) =>
    to(any(world, chance, "cmdb_ci_service"), (parent) =>
      to(any(world, chance, "cmdb_ci_service"), (child) => dependsOn(world, parent, child)),
    ),
  "a record that is hidden": (world, chance) =>
    to(any(world, chance, "cmdb_ci_service"), (of) => world.hidden.add(open(world, of).id)),
  "a record that is shown again": (world) =>
    to([...world.hidden][0], (hidden) => world.hidden.delete(hidden)),
};

export const CHANGE_NAMES = Object.keys(HAPPENINGS);

function to<T>(one: T | undefined, act: (one: T) => unknown): boolean {
  if (one !== undefined) act(one);
  return one !== undefined;
}

type Seen = (kind: string) => void;

const nothing: Seen = () => undefined;

export interface Happening {
  readonly count: number;
  readonly seen?: Seen;
}

/** An instance of some years in which anything may happen to any record, of whatever age. */
export function randomWorld(
  seed: number,
  happening: Happening,
): { readonly world: World; readonly chance: Chance } {
  const chance = new Chance(seed);
  const world = new World("2024-01-02T08:00:00Z");
  for (const name of ["payments", "Ledger (prod)", "Search", "nobody's"]) service(world, name);
  happen(world, chance, happening, 86_400 * 9);
  return { world, chance };
}

export function happen(
  world: World,
  chance: Chance,
  { count, seen = nothing }: Happening,
  pause = 86_400,
): void {
  for (let index = 0; index < count; index += 1) {
    world.advanceTo(iso(world.now + (chance.percent(30) ? 0 : chance.whole(1, pause))));
    const name = chance.of(CHANGE_NAMES) ?? "";
    if (HAPPENINGS[name]?.(world, chance)) seen(name);
  }
}

const any = (world: World, chance: Chance, table: string): Row | undefined =>
  chance.of([...world.table(table).rows.values()]);
