import { presentChange, presentEntry, presentIncident, presentPriority, presentService } from "./present.ts";
import { type LogEntry, seconds, type World } from "./world/world.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export const error = (
  status: number,
  message: string,
  code = 2001,
  errors: readonly string[] = [],
): Reply => ({
  status,
  body: { error: { message, code, errors } },
});

const FARTHEST = 10_000;
const HALF_A_YEAR = 184 * 86_400;

interface Range {
  readonly since: number;
  readonly until: number;
}

/** What PagerDuty answers to a path and its parameters. */
export function answer(world: World, path: string, query: URLSearchParams): Reply {
  const [, list = "", id, part] = path.split("/");
  const refused = problemOf(list, query);
  if (refused) return refused;
  const range: Range = {
    since: timeOf(query.get("since"), world.now - 30 * 86_400),
    until: timeOf(query.get("until"), world.now + 1),
  };
  switch (list) {
    case "services":
      return page(
        "services",
        world.services.filter((one) => !one.isDeleted && !world.hidden.has(one.id)).sort(byName),
        presentService,
        query,
      );
    case "priorities":
      return page("priorities", world.priorities, presentPriority, query);
    case "incidents":
      if (id === undefined) return incidents(world, query, range);
      return part === "log_entries" ? entriesOf(world, id, query) : oneIncident(world, id);
    case "log_entries":
      return entries(
        between(world.entries, range, ({ at }) => at).filter(({ incident }) => world.isShown(incident)),
        query,
      );
    case "change_events":
      return changes(world, query, range);
    default:
      return error(404, "Not Found", 2100);
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
const timeOf = (text: string | null, fallback: number) => (text === null ? fallback : seconds(text));

function problemOf(list: string, query: URLSearchParams): Reply | undefined {
  const [since, until] = [query.get("since"), query.get("until")];
  const limit = Number(query.get("limit") ?? 25);
  if (limit > 100 || limit + Number(query.get("offset") ?? 0) > FARTHEST)
    return error(400, "Invalid Input Provided", 2001, [
      "Offset must be less than 10000 and limit at most 100",
    ]);
  if ([since, until].some((one) => one !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(one)))
    return error(400, "Invalid Input Provided", 2001, ["since and until must be UTC"]);
  const isTooLong = since !== null && until !== null && seconds(until) - seconds(since) > HALF_A_YEAR;
  return list === "incidents" && isTooLong
    ? error(400, "Invalid Input Provided", 2001, ["The range must not be longer than 6 months"])
    : undefined;
}

/** Records are kept in the order of their time: both ends are looked up. */
function between<Record>(
  all: readonly Record[],
  { since, until }: Range,
  at: (one: Record) => number,
): Record[] {
  const first = (from: number) => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(all[middle] as Record) < from) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return all.slice(first(since), first(until));
}

function incidents(world: World, query: URLSearchParams, range: Range): Reply {
  const statuses = query.getAll("statuses[]");
  const isAll = query.get("date_range") === "all";
  const all = isAll ? world.incidents : between(world.incidents, range, ({ createdAt }) => createdAt);
  const inRange = all.filter((one) => world.isShown(one));
  const found = statuses.length === 0 ? inRange : inRange.filter(({ status }) => statuses.includes(status));
  return page(
    "incidents",
    query.get("sort_by") === "created_at:desc" ? found.toReversed() : found,
    presentIncident,
    query,
  );
}

function changes(world: World, query: URLSearchParams, range: Range): Reply {
  const found = between(world.changeEvents, range, ({ at }) => at)
    .filter(({ services }) => services.length === 0 || services.some(({ id }) => !world.hidden.has(id)))
    .toReversed();
  return page("change_events", found, presentChange, query);
}

const entries = (all: readonly LogEntry[], query: URLSearchParams) =>
  page("log_entries", all.toReversed(), (one) => presentEntry(one, query.getAll("include[]")), query);

const shown = (world: World, id: string) =>
  world.incidents.find((one) => one.id === id && world.isShown(one));

function oneIncident(world: World, id: string): Reply {
  const found = shown(world, id);
  return found ? { status: 200, body: { incident: presentIncident(found) } } : error(404, "Not Found", 2100);
}

function entriesOf(world: World, id: string, query: URLSearchParams): Reply {
  const found = shown(world, id);
  return found
    ? entries(
        world.entries.filter(({ incident }) => incident === found),
        query,
      )
    : error(404, "Not Found", 2100);
}

function page<Record>(
  field: string,
  all: readonly Record[],
  present: (one: Record) => unknown,
  query: URLSearchParams,
): Reply {
  const limit = Number(query.get("limit") ?? 25);
  const offset = Number(query.get("offset") ?? 0);
  const records = all.slice(offset, offset + limit).map(present);
  const total = query.get("total") === "true" ? all.length : null;
  return { status: 200, body: { [field]: records, limit, offset, more: offset + limit < all.length, total } };
}
