import type { Finding } from "./findings.ts";
import type { Config } from "./schema.ts";
import { didYouMean } from "./suggest.ts";
import type { Path } from "./yaml.ts";

/** What no single value shows: rules about how the parts of a configuration fit together. */
export type Rule = (config: Config) => readonly Finding[];

export const ownedServicesExist: Rule = (config) =>
  ownerships(config).flatMap(({ service, path }) => unknownService(config, service, path));

export const ownershipDoesNotOverlap: Rule = (config) =>
  overlappingOwnerships(config)
    .filter(({ first, second }) => first.team !== second.team)
    .map(({ first, second }) => ({
      path: second.path,
      message: `${second.service} is owned by ${first.team} at the same time; give both teams their dates`,
    }));

export const teamOwnsOnce: Rule = (config) =>
  overlappingOwnerships(config)
    .filter(({ first, second }) => first.team === second.team)
    .map(({ second }) => ({
      path: second.path,
      message: `${second.team} owns ${second.service} twice at the same time`,
    }));

export const upstreamServicesExist: Rule = (config) =>
  services(config).flatMap(([key, { upstream }]) =>
    upstream.flatMap((service, index) => {
      const path = ["services", key, "upstream", index];
      return service === key
        ? [{ path, message: "a service is not its own upstream" }]
        : unknownService(config, service, path);
    }),
  );

export const releasedServicesExist: Rule = (config) =>
  releaseTags(config).flatMap(({ service, path }) => unknownService(config, service, [...path, "service"]));

export const releaseEnvironmentsExist: Rule = (config) =>
  releaseTags(config).flatMap(({ environment, prereleases, path }) => [
    ...unknownEnvironment(config, environment, [...path, "environment"]),
    ...(prereleases === "ignore" ? [] : unknownEnvironment(config, prereleases, [...path, "prereleases"])),
  ]);

export const sharedRepositoriesHavePaths: Rule = (config) => {
  const built = services(config).filter(([, { repository }]) => repository !== undefined);
  return [...Map.groupBy(built, ([, { repository }]) => repository).values()]
    .filter((sharing) => sharing.length > 1)
    .flatMap((sharing) =>
      sharing
        .filter(([, { paths }]) => paths.length === 0)
        .map(([key]) => {
          const other = sharing.find(([name]) => name !== key)?.[0] ?? "";
          const message = `${other} has the same repository; say with \`paths\` which folders are ${key}`;
          return { path: ["services", key], message };
        }),
    );
};

export const neededPathsAreRead: Rule = (config) =>
  gitRepositories(config).flatMap(({ repository, paths, path }) => {
    const service = services(config).find(
      ([, options]) =>
        options.repository === repository && options.paths.length + options.shared_paths.length > 0,
    );
    if (paths || !service) return [];
    return [{ path, message: `${service[0]} has \`paths\`, so this repository needs \`paths: true\`` }];
  });

export const environmentNamesAreUnique: Rule = (config) => {
  const owner = new Map(Object.keys(config.environments).map((key) => [key, key]));
  return Object.entries(config.environments).flatMap(([environment, { names }]) =>
    names.flatMap((name, index) => {
      const other = owner.get(name);
      owner.set(name, other ?? environment);
      const path = ["environments", environment, "names", index];
      if (other === undefined || (other === environment && name === environment)) return [];
      return [
        {
          path,
          message: other === environment ? `${name} is there twice` : `${name} already names ${other}`,
        },
      ];
    }),
  );
};

export const completeServicesExist: Rule = (config) =>
  Object.entries(config.sources).flatMap(([source, options]) =>
    ("complete" in options ? options.complete : []).flatMap(({ services }, assertion) =>
      (services === "all" ? [] : services).flatMap((service, index) =>
        unknownService(config, service, ["sources", source, "complete", assertion, "services", index]),
      ),
    ),
  );

export const mappedServicesExist: Rule = (config) =>
  Object.entries(config.sources).flatMap(([source, options]) =>
    Object.entries(options.collector === "events" ? options.services : {}).flatMap(([written, service]) =>
      unknownService(config, service, ["sources", source, "services", written]),
    ),
  );

/** An incident of a service of PagerDuty, or of an item of ServiceNow, is an incident of one service here. */
const standForOne =
  (key: "pagerduty" | "servicenow"): Rule =>
  (config) => {
    const owners = new Map<string, string>();
    return services(config).flatMap(([service, options]) =>
      (options[key] ?? []).flatMap((name, index) => {
        const other = owners.get(name.toLowerCase());
        owners.set(name.toLowerCase(), other ?? service);
        if (other === undefined) return [];
        const message = other === service ? `${name} is there twice` : `${name} already stands for ${other}`;
        return [{ path: ["services", service, key, index], message }];
      }),
    );
  };

export const pagerdutyServicesStandForOne = standForOne("pagerduty");
export const servicenowItemsStandForOne = standForOne("servicenow");

export const ruledSourcesExist: Rule = (config) =>
  config.people.rules.flatMap(({ source }, index) =>
    source === undefined || Object.hasOwn(config.sources, source)
      ? []
      : [
          {
            path: ["people", "rules", index, "source"],
            message: `unknown source ${source}${didYouMean(source, Object.keys(config.sources))}`,
          },
        ],
  );

export const annotatedScopesExist: Rule = (config) =>
  config.annotations.flatMap(({ team, service }, index) => [
    ...(service === undefined ? [] : unknownService(config, service, ["annotations", index, "service"])),
    ...(team === undefined ? [] : unknownTeam(config, team, ["annotations", index, "team"])),
  ]);

export const servicesLiveBeforeTheyRetire: Rule = (config) =>
  services(config).flatMap(([key, { active_from, retired_at }]) =>
    active_from && retired_at && active_from >= retired_at
      ? [
          {
            path: ["services", key, "retired_at"],
            message: `expected a day after active_from (${active_from}), found ${retired_at}`,
          },
        ]
      : [],
  );

const rules: readonly Rule[] = [
  ownedServicesExist,
  ownershipDoesNotOverlap,
  teamOwnsOnce,
  upstreamServicesExist,
  releasedServicesExist,
  releaseEnvironmentsExist,
  sharedRepositoriesHavePaths,
  neededPathsAreRead,
  environmentNamesAreUnique,
  completeServicesExist,
  mappedServicesExist,
  pagerdutyServicesStandForOne,
  servicenowItemsStandForOne,
  ruledSourcesExist,
  annotatedScopesExist,
  servicesLiveBeforeTheyRetire,
];

export const brokenRules: Rule = (config) => rules.flatMap((rule) => rule(config));

const services = (config: Config) => Object.entries(config.services);

interface Ownership {
  readonly team: string;
  readonly service: string;
  readonly from: string;
  readonly until: string;
  readonly path: Path;
}

const FIRST_DAY = "0000-01-01";
const LAST_DAY = "9999-12-31";

const ownerships = (config: Config): Ownership[] =>
  Object.entries(config.teams).flatMap(([team, { owns }]) =>
    owns.map(({ service, from, until }, index) => ({
      team,
      service,
      from: from ?? FIRST_DAY,
      until: until ?? LAST_DAY,
      path: ["teams", team, "owns", index],
    })),
  );

function overlappingOwnerships(config: Config) {
  const byService = Map.groupBy(ownerships(config), ({ service }) => service);
  return [...byService.values()].flatMap((owners) =>
    owners.flatMap((second, index) =>
      owners
        .slice(0, index)
        .filter((first) => first.from < second.until && second.from < first.until)
        .map((first) => ({ first, second })),
    ),
  );
}

const gitRepositories = (config: Config) =>
  Object.entries(config.sources).flatMap(([source, options]) =>
    (options.collector === "git" ? options.repositories : []).map((repository, index) => ({
      ...repository,
      path: ["sources", source, "repositories", index],
    })),
  );

const releaseTags = (config: Config) =>
  gitRepositories(config).flatMap(({ releases, path }) =>
    releases.map((release, index) => ({ ...release, path: [...path, "releases", index] })),
  );

function unknownService(config: Config, service: string, path: Path): Finding[] {
  if (Object.hasOwn(config.services, service) || isAlsoRead(config, "service")) return [];
  return [
    { path, message: `unknown service ${service}${didYouMean(service, Object.keys(config.services))}` },
  ];
}

function unknownEnvironment(config: Config, environment: string, path: Path): Finding[] {
  const known = Object.entries(config.environments).flatMap(([key, { names }]) => [key, ...names]);
  if (known.includes(environment) || isAlsoRead(config, "environment")) return [];
  return [{ path, message: `unknown environment ${environment}${didYouMean(environment, known)}` }];
}

function unknownTeam(config: Config, team: string, path: Path): Finding[] {
  if (Object.hasOwn(config.teams, team) || isAlsoRead(config, "ownership")) return [];
  return [{ path, message: `unknown team ${team}${didYouMean(team, Object.keys(config.teams))}` }];
}

// Files may bring services, environments and owners of their own, so a name that is not here need not be wrong.
const isAlsoRead = (config: Config, entity: "service" | "environment" | "ownership") =>
  Object.values(config.sources).some(
    (source) => source.collector === "files" && source.files.some((file) => file.entity === entity),
  );
