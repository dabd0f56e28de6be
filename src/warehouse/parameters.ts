import type { DuckDBValue } from "@duckdb/node-api";
import type { Config } from "../config/schema.ts";
import { MONTHS } from "../config/schema.ts";
import { productVersion } from "../product-version.ts";

/** The parameters that queries read with `getvariable`. Lengths of time are whole seconds. */
export const queryParameters = (config: Config, asOf: string): Record<string, DuckDBValue> =>
  parametersOf({ ...config, quarter_start_month: MONTHS.indexOf(config.quarter_start) + 1 }, asOf);

/** What parameters are made of, as the configuration and its document both have it. */
export interface Settings extends Pick<Config, "time_zone" | "metrics" | "links" | "patterns"> {
  readonly quarter_start_month: number;
  readonly publish: Pick<Config["publish"], "people" | "packs" | "industry">;
}

export function parametersOf(settings: Settings, asOf: string): Record<string, DuckDBValue> {
  const { metrics, links, patterns, publish } = settings;
  return {
    as_of: asOf,
    time_zone: settings.time_zone,
    quarter_start_month: BigInt(settings.quarter_start_month),
    observation_window: BigInt(metrics.observation_window),
    wave_gap: BigInt(metrics.wave_gap),
    incident_window: BigInt(metrics.incident_window),
    rolling_window: BigInt(metrics.rolling_window),
    link_half_life: BigInt(links.half_life),
    link_chance: links.chance,
    link_threshold: metrics.link_threshold,
    failure_signal: metrics.failure_signal,
    false_discovery_rate: patterns.false_discovery_rate,
    minimum_deployments: BigInt(patterns.minimum_deployments),
    minimum_expected: patterns.minimum_expected,
    relevant_risk: patterns.relevant_risk,
    people: publish.people,
    packs: publish.packs,
    industry: publish.industry,
    product_version: productVersion,
  };
}
