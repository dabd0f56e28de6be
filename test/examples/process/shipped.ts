import { START } from "../../../examples/acme/generator/clock.ts";
import type { Change, Wave, World } from "../../../examples/acme/generator/records.ts";
import type { Service } from "../../../examples/acme/generator/services.ts";

/** What each wave of a service was the first to bring, told from when changes were merged. What is older than the records nobody knows. */
export function shippedBy(world: World, service: Service): ReadonlyMap<Wave, readonly Change[]> {
  const ours = world.changes.filter(
    ({ services, mergedAt }) => services.includes(service) && mergedAt >= START,
  );
  const waves = world.waves
    .filter((wave) => wave.service === service)
    .sort((one, other) => one.liveAt - other.liveAt);
  const done = new Set<Change>();
  return new Map(
    waves.map((wave) => {
      const { change, pick } = wave.head;
      const brought = ours.filter(
        (each) => !done.has(each) && (each.mergedAt <= change.mergedAt || each === pick?.of),
      );
      for (const each of brought) done.add(each);
      return [wave, brought];
    }),
  );
}
