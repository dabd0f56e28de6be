import { patterns, type Given } from "../../test/support/patterns.ts";
import { print, timed } from "../time.ts";

const FLAGS = 16;
const NUMBERS = 11;
const LEVELS = [7, 8, 4];

/** Times everything that patterns take, over so many deployments of 200 services in three years with 30 attributes. */
export async function patternScale(deployments: number): Promise<void> {
  const { warehouse, place, follow } = await patterns(2);
  const given = world(deployments);
  print(await timed(`fill with ${deployments} deployments of 30 attributes`, () => place(given)));
  const costs = await follow(given, "correlation.risk_pattern");
  const seconds = costs.reduce((sum, cost) => sum + cost.seconds, 0);
  print({ name: "all of the patterns (at most 60 s for 500,000)", seconds });
  costs
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 6)
    .forEach(({ relation, seconds: each }) => print({ name: `  ${relation}`, seconds: each }));
  const [counts] = await warehouse.rows<Record<string, number>>(
    "select count(*) as patterns, count(*) filter (where is_tested) as tested from correlation.pattern_test",
  );
  console.log(counts, `peak memory ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`);
  warehouse.close();
}

/** Of a hash of the number, so that the same is made every time. */
const lot = (salt: string, of: number) => `(hash(i, '${salt}') % ${of})::bigint`;

function world(deployments: number): Given {
  const flags = Array.from(
    { length: FLAGS },
    (_, index) =>
      `select subject, 'flag_${index}' as attribute, ${lot(`f${index}`, 100)} < ${10 + index * 3} as flag, null::varchar as category, null::double as number from seed.wave`,
  );
  const categories = LEVELS.map(
    (levels, index) =>
      `select subject, 'category_${index}', null, ${lot(`c${index}`, levels)}::varchar, null from seed.wave`,
  );
  const numbers = Array.from(
    { length: NUMBERS },
    (_, index) =>
      `select subject, 'number_${index}', null, null, ${lot(`n${index}`, 40 * 2 ** index)}::double from seed.wave`,
  );
  return {
    "seed.wave": `select i, 'w' || lpad(i::varchar, 7, '0') as subject from generate_series(1, ${deployments}) as s (i)`,
    "correlation.judged_deployment": `select subject as wave_id, 'service ' || ${lot("s", 200)} as service, timestamptz '2023-01-02' as live_at,
       date '2023-01-02' + ${lot("d", 1095)}::integer as day, ${lot("o", 100)} < case when ${lot("f3", 100)} < 19 then 16 else 8 end as is_failure from seed.wave`,
    "correlation.deployment_attribute": [...flags, ...categories, ...numbers].join(" union all "),
  };
}
