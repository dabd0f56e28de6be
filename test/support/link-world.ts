import { configSchema } from "../../src/config/schema.ts";
import { Chance } from "./chance.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import type { Given, Patterns } from "./patterns.ts";

/** A made-up organisation of which is known which deployment caused which incident. */
export interface LinkWorld {
  readonly seed: number;
  readonly services?: number;
  readonly weeks?: number;
  /** Deployments of a service in a week at most, and at least; each at any time of it. Left out: always as many. */
  readonly perWeek?: number;
  readonly fewest?: number;
  /** Left out: at any time of its week. Otherwise as many on average, at equal distances or at any time at all. */
  readonly spacing?: "even" | "any time";
  /** Percent of deployments that cause an incident. */
  readonly failing?: number;
  /** Of as many incidents that come from a deployment, so many percent have other causes. */
  readonly unrelated?: number;
  /** Percent of incidents that come from a deployment and do not name it. */
  readonly unnamed?: number;
  /** Hours after which half of the incidents have begun. */
  readonly medianHours?: number;
}

interface Deployment {
  readonly id: string;
  readonly service: string;
  readonly at: number;
}

interface Incident {
  readonly id: string;
  readonly service: string;
  readonly at: number;
  readonly cause: string | null;
  readonly named: string | null;
}

const START = Date.UTC(2025, 0, 6) / 1000;
const WEEK = 7 * 86_400;
const HOUR = 3_600;

/** The world as the queries of links read it, with the truth in `seed.truth`. */
export function givenLinkWorld(world: LinkWorld): Given {
  const { deployments, incidents } = made(world);
  const truth = incidents.map(({ id, cause }) => ({ incident_id: id, wave_id: cause }));
  return {
    ...elsewhere(),
    "seed.truth": rows(truth, { incident_id: "VARCHAR", wave_id: "VARCHAR" }),
    "seed.deployment": rows(deployments, { id: "VARCHAR", service: "VARCHAR", at: "BIGINT" }),
    "seed.incident": rows(incidents, { id: "VARCHAR", service: "VARCHAR", at: "BIGINT", named: "VARCHAR" }),
    "model.wave": `select id as wave_id, service, 'production' as environment, null::varchar as repository, null::varchar as sha, null::varchar as version,
      to_timestamp("at") as started_at, to_timestamp("at") as live_at, to_timestamp("at") as completed_at, null::varchar as failed_wave_id, null::varchar as train
      from seed.deployment`,
    "model.deployment":
      "select id as deployment_id, id as native_id, id as wave_id, null::varchar as url from seed.deployment",
    "model.incident": `select id as incident_id, id as native_id, 'seed' as source, service, null::varchar as title, to_timestamp("at") as started_at, null::timestamptz as detected_at,
      null::timestamptz as mitigated_at, to_timestamp("at" + 7200) as resolved_at, case when named is null then []::varchar[] else [named] end as caused_by,
      null::varchar as cause from seed.incident`,
  };
}

/** Everything else that links are made from: there is none. */
export function elsewhere(): Given {
  const none = (columns: string) => `select ${columns} limit 0`;
  const { links } = configSchema.parse({ organisation: "Test" });
  const strengths = Object.entries(links).filter(([, value]) => typeof value === "number");
  const text = (name: string) => `null::varchar as "${name}"`;
  return {
    "staging.config_link_strength": strengths
      .filter(([kind]) => kind !== "half_life" && kind !== "chance")
      .map(([kind, strength]) => `select '${kind}' as kind, ${Number(strength)}::double as strength`)
      .join(" union all "),
    "model.incident_classification": none(`${text("incident_id")}, ${text("recorded")}, false as is_outside`),
    "staging.config_link_label": none([text("says"), text("pattern")].join(", ")),
    "staging.files_incident_link_verdict": none(
      `${["source", "incident", "deployment", "verdict", "by", "reason"].map(text).join(", ")}, null::timestamptz as "at"`,
    ),
    "model.incident_text": none(["incident_id", "place", "text"].map(text).join(", ")),
    "model.incident_label": none(["incident_id", "label"].map(text).join(", ")),
    "model.change": none(
      `${["change_id", "native_id", "number", "merge_sha", "url"].map(text).join(", ")}, null::varchar[] as tickets`,
    ),
    "model.wave_change": none(["service", "change_id", "wave_id"].map(text).join(", ")),
    "model.change_reference": none(
      ["change_id", "relation", "target_kind", "target_id"].map(text).join(", "),
    ),
    "model.production_revert": none(
      ["service", "wave_id", "change_id", "revert_change_id", "revert_wave_id", "relation"]
        .map(text)
        .join(", "),
    ),
    "model.change_request": none(["change_request_id", "native_id"].map(text).join(", ")),
    "model.deployment_request": none(["deployment_id", "change_request_id"].map(text).join(", ")),
    "model.service_dependency": none(
      `${["service", "upstream", "kind"].map(text).join(", ")}, null::timestamptz as depends_from, null::timestamptz as depends_until`,
    ),
  };
}

const rows = (items: readonly object[], columns: Readonly<Record<string, string>>) =>
  `select x.* from (select unnest(from_json('${JSON.stringify(items)}', '[${JSON.stringify(columns)}]')) as x)`;

/** When a service is deployed, in seconds from the start. */
function timesOf(draw: Chance, { weeks, fewest, perWeek, spacing }: Cadence): number[] {
  const gap = WEEK / perWeek;
  const count = Math.round(weeks * perWeek);
  if (spacing === "even") return Array.from({ length: count }, (_, index) => Math.round(index * gap));
  if (spacing === "any time") return Array.from({ length: count }, () => draw.whole(0, weeks * WEEK - 1));
  return weeksOf(draw, weeks, fewest, perWeek).map((week) => week * WEEK + draw.whole(0, WEEK - 1));
}

type Cadence = Required<Pick<LinkWorld, "weeks" | "fewest" | "perWeek">> & {
  readonly spacing: LinkWorld["spacing"] | undefined;
};

/** The week of each deployment. */
const weeksOf = (draw: Chance, weeks: number, fewest: number, most: number) =>
  Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: draw.whole(fewest, most) }, () => week),
  ).flat();

function made({
  seed,
  services = 20,
  weeks = 52,
  perWeek = 2,
  fewest = perWeek,
  spacing,
  failing = 15,
  unrelated = 100,
  unnamed = 70,
  medianHours = 4,
}: LinkWorld) {
  const draw = new Chance(seed);
  const deployments: Deployment[] = [];
  const incidents: Incident[] = [];
  const add = (incident: Omit<Incident, "id">) => incidents.push({ ...incident, id: `i${incidents.length}` });
  for (let service = 0; service < services; service += 1)
    for (const time of timesOf(draw, { weeks, fewest, perWeek, spacing })) {
      const name = `service ${service}`;
      const at = START + time;
      const id = `d${deployments.length}`;
      deployments.push({ id, service: name, at });
      if (!draw.percent(failing)) continue;
      // Memoryless: half have begun after the median, three quarters after twice as long.
      const delay = Math.round(-Math.log2(draw.whole(1, 1_000_000) / 1_000_000) * medianHours * HOUR);
      add({ service: name, at: at + delay, cause: id, named: draw.percent(unnamed) ? null : id });
      if (draw.percent(unrelated))
        add({ service: name, at: START + draw.whole(0, weeks * WEEK - 1), cause: null, named: null });
    }
  return { deployments, incidents };
}

export interface PlayedQuality {
  readonly quality: Row<"correlation.link_quality">;
  readonly calibration: readonly Row<"correlation.link_calibration">[];
}

/** How well the queries of the product find the causes of this world. */
export async function linkQuality(found: Patterns, world: LinkWorld): Promise<PlayedQuality> {
  await found.compute(givenLinkWorld(world), "correlation.incident_link");
  const given = {
    ...elsewhere(),
    "correlation.labelled_link": "",
    "model.wave": "",
    "correlation.incident_link": "",
  };
  await found.place({ "correlation.labelled_link": "select incident_id, wave_id from seed.truth" });
  await found.follow(given, "correlation.link_quality");
  await found.follow(
    { ...given, "correlation.judged_link": "", "correlation.link_limit": "" },
    "correlation.link_calibration",
  );
  const [quality] = await found.warehouse.rows<Row<"correlation.link_quality">>(
    "from correlation.link_quality",
  );
  if (quality === undefined) throw new Error("no quality");
  const calibration = await found.warehouse.rows<Row<"correlation.link_calibration">>(
    "from correlation.link_calibration order by rowid",
  );
  return { quality, calibration };
}
