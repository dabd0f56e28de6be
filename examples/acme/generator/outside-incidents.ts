import { AS_OF, DAY, HOUR, MINUTE, START } from "./clock.ts";
import { afterWork } from "./office-hours.ts";
import { random } from "./random.ts";
import type { World } from "./records.ts";
import { type Service, services } from "./services.ts";
import { hasIncidentTool } from "./stories.ts";
import { outsideCause } from "./words.ts";

/** Not every incident comes from a deployment: providers, disks and pay days have their share. */
export function addOutsideIncidents(seed: number, world: World, scale: number): void {
  for (const service of services) addOf(seed, world, service, Math.round(9 * Math.min(1, scale * 2)));
}

function addOf(seed: number, world: World, service: Service, count: number): void {
  const draw = random(seed, `${service.name} outside incidents`);
  for (let number = 0; number < count; number++) {
    const startedAt = Math.round(draw.between(service.activeFrom ?? START, service.retiredAt ?? AS_OF - DAY));
    const { title, cause, classification } = outsideCause(draw);
    const detectedAt = startedAt + Math.round(draw.logNormal(9, 0.8) * MINUTE);
    const mitigatedAt = detectedAt + Math.round(draw.logNormal(80, 0.9) * MINUTE);
    const resolvedAt = afterWork(mitigatedAt + Math.round(draw.between(1, 50) * HOUR), draw.between(0.1, 2));
    if (!hasIncidentTool(service, startedAt)) continue;
    world.incidents.push({
      id: "",
      service,
      title: `${title} ${service.name}`,
      severity: draw.chance(0.08) ? 1 : draw.chance(0.35) ? 2 : 3,
      classification,
      startedAt,
      detectedAt,
      acknowledgedAt: detectedAt + Math.round(draw.logNormal(6, 0.6) * MINUTE),
      mitigatedAt: draw.chance(0.9) ? mitigatedAt : undefined,
      resolvedAt: draw.chance(0.97) ? resolvedAt : undefined,
      causedBy: [],
      cause,
    });
  }
}
