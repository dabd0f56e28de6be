import { type Agenda, agenda } from "./agenda.ts";
import type { Instant } from "./clock.ts";
import type { MainLine } from "./main-line.ts";
import { type Random, random } from "./random.ts";
import type { Incident, Wave, World } from "./records.ts";
import type { Repository, Service } from "./services.ts";

/** How far a service has come. */
export interface Track {
  readonly service: Service;
  live: Wave | undefined;
  /** Planned deployments wait until then: something is being repaired. */
  blockedUntil: Instant;
  /** Releases since the last train, or minor versions of the library. */
  serial: number;
  patch: number;
  base: string;
}

/** Everything that the events of one repository need to know and to change. */
export interface Simulation {
  readonly seed: number;
  readonly world: World;
  readonly repository: Repository;
  readonly mainLine: MainLine;
  readonly agenda: Agenda;
  readonly draw: Random;
  /** Incidents that several services share, by the story's word. */
  readonly shared: Map<string, Incident>;
  readonly trackOf: (service: Service) => Track;
}

interface Parts {
  readonly seed: number;
  readonly world: World;
  readonly repository: Repository;
  readonly mainLine: MainLine;
  readonly shared: Map<string, Incident>;
}

export function simulation(parts: Parts): Simulation {
  const tracks = new Map(parts.repository.services.map((service) => [service, newTrack(service)]));
  return {
    ...parts,
    agenda: agenda(),
    draw: random(parts.seed, `${parts.repository.name} deployments`),
    trackOf: (service) => tracks.get(service) ?? newTrack(service),
  };
}

function newTrack(service: Service): Track {
  return {
    service,
    live: undefined,
    blockedUntil: 0,
    serial: 0,
    patch: 0,
    base: service.isInTrain ? "2024.2" : "9",
  };
}
