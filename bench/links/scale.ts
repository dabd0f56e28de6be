import { elsewhere } from "../../test/support/link-world.ts";
import { patterns, type Given } from "../../test/support/patterns.ts";
import { print, timed } from "../time.ts";

/** Times everything that links take: so many deployments of 200 services in three years, a tenth as many incidents. */
export async function linkScale(deployments: number): Promise<void> {
  const found = await patterns(2);
  const given = company(deployments, Math.round(deployments / 10));
  print(await timed(`fill with ${deployments} deployments`, () => found.place(given)));
  const costs = await found.follow(given, "correlation.incident_link");
  print({ name: "all of the links", seconds: costs.reduce((sum, { seconds }) => sum + seconds, 0) });
  costs
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 8)
    .forEach(({ relation, seconds }) => print({ name: `  ${relation}`, seconds }));
  const [counts] = await found.warehouse.rows(
    "select count(*) as links, count(*) filter (where is_accepted) as accepted, (select count(*) from correlation.incident_candidate) as pieces from correlation.incident_link",
  );
  console.log(counts, `peak memory ${(process.resourceUsage().maxRSS / 1024 / 1024).toFixed(2)} GB`);
  found.warehouse.close();
}

/** Of a hash of the number, so that the same is made every time. */
const lot = (salt: string, of: number) => `(hash(i, '${salt}') % ${of})::bigint`;
const SECONDS = 3 * 365 * 86_400;
const series = (count: number) => `generate_series(1, ${count}) as s (i)`;

function company(deployments: number, incidents: number): Given {
  return {
    "seed.wave": `select i, 'run-' || i as wave_id, 'service ' || ${lot("s", 200)} as service, ${lot("t", SECONDS)} as "at" from ${series(deployments)}`,
    ...elsewhere(),
    "model.wave": `select w.wave_id, w.service, 'production' as environment, null::varchar as repository, md5(w.wave_id) as sha, '1.' || w.i || '.0' as version,
      to_timestamp(1700000000 + w."at") as started_at, to_timestamp(1700000300 + w."at") as live_at, to_timestamp(1700000900 + w."at") as completed_at,
      case when w.i % 30 = 0 then lag(w.wave_id) over (partition by w.service order by w."at") end as failed_wave_id,
      case when w.i % 10 = 0 then 'train ' || (w."at" // 604800) end as train from seed.wave as w`,
    "model.deployment":
      "select wave_id as deployment_id, wave_id as native_id, wave_id, 'https://ci.example/' || wave_id as url from model.wave",
    "model.incident": `select 'inc-' || i as incident_id, 'INC-' || i as native_id, 'seed' as source, 'service ' || ${lot("is", 200)} as service,
      'Errors ' || i as title, to_timestamp(1700000000 + ${lot("it", SECONDS)}) as started_at, null::timestamptz as detected_at, 'bug' as classification, to_timestamp(1700007200 + ${lot("it", SECONDS)}) as mitigated_at,
      null::timestamptz as resolved_at, case when ${lot("n", 100)} < 15 then ['run-' || (1 + ${lot("r", deployments)})] else []::varchar[] end as caused_by, null::varchar as cause
      from ${series(incidents)}`,
    "model.incident_text": `select 'inc-' || i as incident_id, 'description' as place, 'Seen 5 times since 1.' || (1 + ${lot("v", deployments)}) || '.0, see #' || ${lot("c", 5000)} ||
      ' and PAY-' || ${lot("k", 50_000)} || '. Rolled back to 1.' || ${lot("b", deployments)} || '.0. ' || repeat('Nothing else at 10:41. ', 20) as text from ${series(incidents)}`,
    "model.change": `select 'change ' || i as change_id, '#' || i as native_id, (i % 5000)::varchar as number, md5('c' || i) as merge_sha, 'https://git.example/' || i as url,
      ['PAY-' || (i % 50000)] as tickets from ${series(deployments * 2)}`,
    "model.wave_change":
      `select w.service, 'change ' || c.i as change_id, w.wave_id from ${series(deployments * 2)} as c join seed.wave as w on w.i = 1 + c.i % ${deployments}`.replace(
        "as s (i) as c",
        "as c (i)",
      ),
    "model.production_revert": `select service, wave_id, 'change ' || i as change_id, 'change ' || (i + 1) as revert_change_id,
      lead(wave_id) over (partition by service order by "at") as revert_wave_id, 'reverts' as relation from seed.wave qualify i % 50 = 0 and revert_wave_id is not null`,
    "model.service_dependency": `select 'service ' || i as service, 'service ' || ((i * 7 + n * 13) % 200) as upstream, null::varchar as kind, null::timestamptz as depends_from,
      null::timestamptz as depends_until from generate_series(0, 199) as s (i), generate_series(1, 3) as t (n)`,
  };
}
