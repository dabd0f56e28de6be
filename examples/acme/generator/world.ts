import { AS_OF } from "./clock.ts";
import { hashChanges, hashPicks, mergedOf } from "./commits.ts";
import { live } from "./events.ts";
import { historyOf } from "./git/history.ts";
import { settle } from "./numbering.ts";
import { addOutsideIncidents } from "./outside-incidents.ts";
import { emptyWorld, type Incident, type World } from "./records.ts";
import { repositories, sdk } from "./services.ts";

/** A repository to be made with git. */
export interface History {
  readonly name: string;
  readonly stream: string;
}

/** Two years of Acme, with everything named; and the repositories that go with it. */
export function imagine(seed: number, scale: number): { world: World; histories: History[] } {
  const world = emptyWorld();
  const shared = new Map<string, Incident>();
  for (const repository of repositories) live(seed, world, repository, shared, scale);
  addOutsideIncidents(seed, world, scale);
  settle(world);
  const histories = repositories.flatMap((repository): History[] => {
    const merged = mergedOf(world, repository, AS_OF);
    if (repository.graph !== "git") hashChanges(repository, merged);
    else
      return [
        {
          name: repository.name.replace("acme/", ""),
          stream: historyOf(merged, repository === sdk ? world.tags : []),
        },
      ];
    return [];
  });
  hashPicks(world);
  return { world, histories };
}
