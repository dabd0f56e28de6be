import { Chance } from "../../../support/chance.ts";
import { closeChange, decide, dependsOn, open, reference, reopen, requestChange, resolve, service } from "./happen.ts";
import { iso, type Row, World } from "./world.ts";

export const CHANGE_NAMES = [
  "a change request",
  "a decision",
  "a decision withdrawn",
  "an incident",
  "an incident resolved",
  "an incident opened again",
  "a late edit",
  "a deletion",
  "many in one second",
  "a service renamed",
  "a relation",
  "a record that is hidden",
  "a record that is shown again",
] as const;

type Seen = (kind: (typeof CHANGE_NAMES)[number]) => void;

const nothing: Seen = () => undefined;

export interface Happening {
  readonly count: number;
  readonly seen?: Seen;
}

/** An instance of some years in which anything may happen to any record, of whatever age. */
export function randomWorld(seed: number, happening: Happening): { readonly world: World; readonly chance: Chance } {
  const chance = new Chance(seed);
  const world = new World("2024-01-02T08:00:00Z");
  for (const name of ["payments", "Ledger (prod)", "Search", "nobody's"]) service(world, name);
  happen(world, chance, happening, 86_400 * 9);
  return { world, chance };
}

export function happen(world: World, chance: Chance, { count, seen = nothing }: Happening, pause = 86_400): void {
  for (let index = 0; index < count; index += 1) {
    world.advanceTo(iso(world.now + (chance.percent(30) ? 0 : chance.whole(1, pause))));
    const done = something(world, chance);
    if (done !== undefined) seen(done);
  }
}

const any = (world: World, chance: Chance, table: string): Row | undefined =>
  chance.of([...world.table(table).rows.values()]);

function something(world: World, chance: Chance): (typeof CHANGE_NAMES)[number] | undefined {
  const what = chance.of(CHANGE_NAMES);
  const of = any(world, chance, "cmdb_ci_service");
  const change = any(world, chance, "change_request");
  const incident = any(world, chance, "incident");
  switch (what) {
    case "a change request":
      if (of) requestChange(world, of);
      break;
    case "a decision":
      if (!change) return undefined;
      decide(world, change, chance.one(["ada", "grace", "edsger"]), chance.one(["approved", "rejected", "requested"]));
      break;
    case "a decision withdrawn":
      return withdraw(world, chance);
    case "an incident":
      open(world, chance.percent(80) ? of : undefined, change ? { caused_by: reference(change, "CHG") } : {});
      break;
    case "an incident resolved":
      if (!incident) return undefined;
      resolve(world, incident);
      break;
    case "an incident opened again":
      if (!incident) return undefined;
      reopen(world, incident);
      break;
    case "a late edit":
      if (!change) return undefined;
      if (chance.percent(50)) closeChange(world, change);
      else world.update("change_request", change, { short_description: `Edited ${world.now}` });
      break;
    case "a deletion":
      return remove(world, chance);
    case "many in one second":
      for (let many = chance.whole(20, 150); many > 0 && of; many -= 1) requestChange(world, of);
      break;
    case "a service renamed":
      if (of) world.update("cmdb_ci_service", of, { name: chance.one(["payments", "Renamed", "search"]) });
      break;
    case "a relation":
      return relate(world, chance);
    case "a record that is hidden":
      world.hidden.add(open(world, of).id);
      break;
    case "a record that is shown again":
      if (world.hidden.size === 0) return undefined;
      world.hidden.delete([...world.hidden][0] ?? "");
      break;
    case undefined:
      return undefined;
  }
  return what;
}

function withdraw(world: World, chance: Chance): "a decision withdrawn" | undefined {
  const decision = any(world, chance, "sysapproval_approver");
  if (!decision) return undefined;
  world.update("sysapproval_approver", decision, { state: "cancelled" });
  return "a decision withdrawn";
}

function remove(world: World, chance: Chance): "a deletion" | undefined {
  const name = chance.one(["change_request", "incident", "sysapproval_approver", "cmdb_rel_ci"]);
  const row = any(world, chance, name);
  if (!row) return undefined;
  world.delete(name, row);
  return "a deletion";
}

function relate(world: World, chance: Chance): "a relation" | undefined {
  const [parent, child] = [any(world, chance, "cmdb_ci_service"), any(world, chance, "cmdb_ci_service")];
  if (!parent || !child) return undefined;
  dependsOn(world, parent, child);
  return "a relation";
}
