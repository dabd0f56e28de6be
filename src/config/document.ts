import { type Config, DEFAULT_RETENTION, MONTHS } from "./schema.ts";
import { Secret } from "./secret.ts";

/**
 * The configuration as the warehouse keeps it and staging SQL unpacks it: secrets and places on this
 * machine left out, lists in the order of their names, so that equal configurations give equal bytes.
 */
export function configDocument(config: Config) {
  return {
    organisation: config.organisation,
    time_zone: config.time_zone,
    quarter_start_month: MONTHS.indexOf(config.quarter_start) + 1,
    teams: byName(config.teams).map(([team, { title, owns }]) => ({
      team,
      title: title ?? null,
      owns,
    })),
    services: byName(config.services).map(([service, options]) => serviceDocument(service, options)),
    environments: byName(config.environments).map(([environment, { kind, names, rank, wave }]) => ({
      environment,
      kind,
      names,
      rank: rank ?? null,
      wave: wave ?? null,
    })),
    // When a source is read is no part of what figures follow from.
    sources: byName(config.sources).map(([source, { collector, schedule: _, ...options }]) => ({
      source,
      collector,
      options: withoutSecrets(options),
    })),
    people: {
      rules: config.people.rules.map(({ source, login, is }) => ({ source: source ?? null, login, is })),
      bots: config.people.bots,
      shared_addresses: config.people.shared_addresses,
    },
    metrics: config.metrics,
    links: config.links,
    incident_classes: byName(config.incident_classes).map(([cause, given]) =>
      Array.isArray(given)
        ? { class: cause, names: given, outside: false }
        : { class: cause, names: given.words, outside: given.outside },
    ),
    patterns: config.patterns,
    controls: byName(config.controls).map(([control, settings]) => ({ control, ...settings })),
    paths: byName(config.paths).map(([type, steps]) => ({ type, steps })),
    tickets: config.tickets,
    judgements: config.judgements.map(({ what, reason, by, at }) => ({
      what,
      reason: reason ?? null,
      by: by ?? null,
      at: at ?? null,
    })),
    annotations: config.annotations.map(({ text, from, until, kind, team, service }) => ({
      ...{ from, until: until ?? null, text, kind },
      ...{ team: team ?? null, service: service ?? null },
    })),
    retention: retentionDocument(config.retention),
    publish: {
      people: config.publish.people,
      packs: config.publish.packs,
      title: config.publish.title ?? null,
      industry: config.publish.industry,
    },
  };
}

/** The preset is nobody's decision, so nothing is judged by it. `keep_for` null = for ever. */
const retentionDocument = (retention: Config["retention"]) =>
  byName(retention)
    .filter(([, { basis }]) => basis !== DEFAULT_RETENTION["delivery records"].basis)
    .map(([name, { keep, basis, sources, streams }]) => {
      const [, number, unit] = /^(\d+) (day|month|year)s?$/.exec(keep) ?? [];
      return { class: name, keep_for: number === undefined ? null : Number(number), keep_unit: unit === undefined ? null : `${unit}s`, basis, sources, streams };
    });

function serviceDocument(service: string, options: Config["services"][string]) {
  return {
    service,
    title: options.title ?? null,
    repository: options.repository ?? null,
    paths: options.paths,
    shared_paths: options.shared_paths,
    pagerduty: options.pagerduty ?? [],
    servicenow: options.servicenow ?? [],
    tier: options.tier ?? null,
    regulated: options.regulated,
    upstream: options.upstream,
    active_from: options.active_from ?? null,
    retired_at: options.retired_at ?? null,
  };
}

const byName = <Value>(record: Readonly<Record<string, Value>>) =>
  Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([, item]) => !(item instanceof Secret));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutSecrets(item)]));
}
