import { Chance } from "./chance.ts";
import type { Given, Patterns } from "./patterns.ts";

/** A made-up organisation of which is known what matters: deployments, their attributes, and who failed. */
export interface World {
  readonly seed: number;
  readonly deployments: number;
  readonly services?: number;
  readonly days?: number;
  /** Percent of deployments that fail where nothing else is said. */
  readonly base?: number;
  /** Percent of days, and of weeks, on which three times as many fail, whatever is deployed. With them, trains and flaky pipelines are of whole days. */
  readonly badDays?: number;
  readonly badWeeks?: number;
  /** How many times as often deployments with the planted attribute fail. */
  readonly risk?: number;
  /** Percent of deployments with the planted attribute. */
  readonly prevalence?: number;
  /** Both depend on something that nobody looks at: the service, or the time. */
  readonly confounder?: Confounder;
}

export type Confounder =
  /** A bad service has the habit, good ones do not. */
  | "bad service"
  /** A safe service has the habit, which hides what it does. */
  | "safe service"
  /** The habit was given up when everything became better. */
  | "time"
  /** Each service has its own rate and its own habits. */
  | "services";

const FLAGS = [
  "touches_migration",
  "dependency_only",
  "self_merged",
  "release_train",
  "emergency",
  "retried",
  "touches_configuration",
];
/** Places of those that all deployments of a day have, or none. */
const SHARED_BY_DAY = [3, 5];
const NUMBERS = ["changed_lines", "changed_files", "changes", "authors", "review_depth", "since_last"];
const HOURS = [
  "06:00 to 09:00",
  "09:00 to 12:00",
  "12:00 to 15:00",
  "15:00 to 18:00",
  "18:00 to 21:00",
] as const;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] as const;
/** The attribute that worlds plant something in. */
export const PLANTED = "touches_migration";

interface Deployment {
  readonly i: number;
  readonly s: number;
  readonly d: number;
  readonly f: boolean;
  readonly c: readonly (string | number | boolean)[];
}

/** The world as the queries of patterns read it. */
export function givenWorld(world: World): Given {
  return {
    "seed.world": `select unnest(from_json('${JSON.stringify(deployments(world))}', '[{"i":"INTEGER","s":"INTEGER","d":"INTEGER","f":"BOOLEAN","c":["VARCHAR"]}]')) as x`,
    "correlation.judged_deployment": `select 'w' || lpad(x.i::varchar, 7, '0') as wave_id, 'service ' || x.s as service, timestamptz '2025-01-06' as live_at,
       date '2025-01-06' + x.d as day, x.f as is_failure from seed.world`,
    "correlation.deployment_attribute": attributesSql(),
  };
}

function attributesSql(): string {
  const wave = "'w' || lpad(x.i::varchar, 7, '0') as subject";
  const flag = (name: string, place: number) =>
    `select ${wave}, '${name}' as attribute, x.c[${place}]::boolean as flag, null::varchar as category, null::double as number from seed.world`;
  const category = (name: string, place: number) =>
    `select ${wave}, '${name}', null, x.c[${place}], null from seed.world`;
  const number = (name: string, place: number) =>
    `select ${wave}, '${name}', null, null, x.c[${place}]::double from seed.world`;
  return [
    ...FLAGS.map((name, index) => flag(name, index + 1)),
    category("weekday", FLAGS.length + 1),
    category("hour", FLAGS.length + 2),
    ...NUMBERS.map((name, index) => number(name, FLAGS.length + 3 + index)),
  ].join(" union all ");
}

/** Rates and habits of each service, drawn or as the confounder has them. */
interface Habit {
  readonly rate: number;
  readonly prevalence: readonly number[];
}

function deployments(world: World): Deployment[] {
  const { seed, services = 20, days = 365 } = world;
  const draw = new Chance(seed);
  const habits = Array.from({ length: services }, (_, service) => habitOf(world, draw, service));
  const bad = badDaysOf(world, draw, days);
  const shared = Array.from({ length: days }, () => SHARED_BY_DAY.map(() => draw.percent(25)));
  return Array.from({ length: world.deployments }, (_, i) => {
    const s = draw.whole(0, services - 1);
    const d = workday(draw.whole(0, days - 1));
    return deploymentOf(world, draw, {
      ...{ i, s, d, times: bad[d] ?? 1, shared: shared[d] ?? [] },
      habit: habits[s] ?? { rate: 8, prevalence: [] },
    });
  });
}

const workday = (day: number) => (day % 7 < 5 ? day : day - 2);

function habitOf({ base = 8, prevalence = 20, confounder }: World, draw: Chance, service: number): Habit {
  const varied = confounder !== undefined && confounder !== "time";
  const others = FLAGS.slice(1).map(
    (_, index) => (varied ? draw.whole(2, 60) : [10, 30, 5, 15, 8, 50][index]) ?? 10,
  );
  if (confounder === "bad service")
    return { rate: service < 4 ? 25 : 4, prevalence: [service < 4 ? 60 : 5, ...others] };
  if (confounder === "safe service")
    return { rate: service < 10 ? 2 : 8, prevalence: [service < 10 ? 60 : 5, ...others] };
  return { rate: confounder === "services" ? draw.whole(2, 25) : base, prevalence: [prevalence, ...others] };
}

function badDaysOf({ badDays = 0, badWeeks = 0 }: World, draw: Chance, days: number): number[] {
  const weeks = Array.from({ length: Math.ceil(days / 7) + 1 }, () => draw.percent(badWeeks));
  return Array.from({ length: days }, (_, day) =>
    draw.percent(badDays) || weeks[Math.floor(day / 7)] === true ? 3 : 1,
  );
}

interface Lot {
  readonly i: number;
  readonly s: number;
  readonly d: number;
  readonly habit: Habit;
  readonly times: number;
  readonly shared: readonly boolean[];
}

function deploymentOf(world: World, draw: Chance, { i, s, d, habit, times, shared }: Lot): Deployment {
  const { risk = 1, days = 365, confounder } = world;
  const isEarly = confounder === "time" && d < days / 2;
  const size = draw.whole(0, 999);
  const isOfDay = (world.badDays ?? 0) > 0;
  const flags = habit.prevalence.map((often, index) => {
    if (isOfDay && SHARED_BY_DAY.includes(index)) return shared[SHARED_BY_DAY.indexOf(index)] ?? false;
    const usual = confounder === "time" && index === 0 ? (isEarly ? 60 : 10) : often;
    // what is large has more of everything, so that attributes go together
    return draw.whole(0, 9_999) < usual * (index === 0 ? 100 : 50 + size / 10);
  });
  const rate =
    (confounder === "time" ? (isEarly ? 15 : 5) : habit.rate) * (flags[0] === true ? risk : 1) * times;
  const numbers = NUMBERS.map((_, index) => Math.floor((size * (index + 1)) / 100 + draw.whole(0, 5)));
  return {
    ...{ i, s, d },
    f: draw.whole(0, 9_999) < rate * 100,
    c: [...flags, WEEKDAYS[d % 7] ?? "Friday", draw.one(HOURS), ...numbers],
  };
}

export interface Finding {
  readonly scope_kind: string;
  readonly attribute: string;
  readonly level: string;
  readonly direction: string;
}

/** What is called a pattern in this world. */
export async function findings(patterns: Patterns, world: World): Promise<Finding[]> {
  await patterns.compute(givenWorld(world), "correlation.risk_pattern");
  return patterns.warehouse.rows<Finding>(
    "select scope_kind, attribute, level, direction from correlation.risk_pattern where verdict = 'found' order by scope_kind, scope, attribute, level",
  );
}
