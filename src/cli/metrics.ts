import type { Effects } from "../effects.ts";
import { didYouMean, oneOf } from "../config/suggest.ts";
import { UsageError } from "../errors.ts";
import { readArguments } from "./command.ts";
import { metrics as command } from "./help/metrics.ts";
import { checkFormat, printRows, type Row } from "./output.ts";
import { noteMoved } from "./published.ts";
import { openSession, type Session } from "./session.ts";

const PERIODS = ["week", "month", "quarter", "year", "rolling"];

/** Columns of the table; `--json` and `--csv` have them all. */
const TABLE = [
  "metric",
  "basis",
  "scope",
  "period_label",
  "value",
  "unit",
  "n",
  "p75",
  "p90",
  "interval_low",
  "interval_high",
  "pending",
  "unknown",
  "reason",
];

/** Prints the metrics of a scope. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  checkFormat(values);
  checkScope(values);
  if (values.by !== undefined && !PERIODS.includes(values.by)) {
    throw new UsageError(`--by: expected ${oneOf(PERIODS)}, found ${JSON.stringify(values.by)}`);
  }
  const session = await openSession(values, effects);
  try {
    const scope = await scopeOf(session, values);
    const rows = await session.warehouse.rows<Row>(
      `select * from reports.metric_row
       where (scope_kind = ? or ?) and (scope = ? or ?) and period_kind = ? and (metric = ? or ?)
       order by rowid`,
      [
        scope?.kind ?? "",
        scope === undefined,
        scope?.name ?? "",
        scope === undefined,
        values.by ?? "all",
        await metricNamed(session, values.metric),
        values.metric === undefined,
      ],
    );
    const shown = values.json === true || values.csv === true ? undefined : TABLE;
    printRows(rows, values, effects, shown);
    await noteMoved(session, effects);
    return 0;
  } finally {
    session.warehouse.close();
  }
}

interface ScopeOptions {
  readonly service?: string;
  readonly team?: string;
  readonly all?: boolean;
}

function checkScope({ service, team, all }: ScopeOptions): void {
  if ([service, team, all].filter((given) => given !== undefined).length > 1) {
    throw new UsageError("--service, --team and --all exclude each other");
  }
}

async function scopeOf(
  { warehouse, loaded }: Session,
  { service, team, all }: ScopeOptions,
): Promise<{ kind: string; name: string } | undefined> {
  if (all === true) return undefined;
  if (service === undefined && team === undefined) {
    return { kind: "organisation", name: loaded.config.organisation };
  }
  const kind = service === undefined ? "team" : "service";
  const name = service ?? team ?? "";
  const known = await warehouse.rows<{ scope: string }>(
    "select distinct scope from metrics.metric where scope_kind = ? order by scope",
    [kind],
  );
  const names = known.map(({ scope }) => scope);
  if (names.includes(name)) return { kind, name };
  throw unknownName(kind, name, names);
}

async function metricNamed({ warehouse }: Session, metric: string | undefined): Promise<string> {
  if (metric === undefined) return "";
  const known = await warehouse.rows<{ metric: string }>("select distinct metric from metrics.metric order by metric");
  const names = known.map((row) => row.metric);
  if (names.includes(metric)) return metric;
  throw unknownName("metric", metric, names);
}

function unknownName(kind: string, name: string, known: readonly string[]): UsageError {
  const hint = didYouMean(name, known) || `; known: ${known.join(", ") || "none"}`;
  return new UsageError(`there is no ${kind} ${JSON.stringify(name)}${hint}`);
}
