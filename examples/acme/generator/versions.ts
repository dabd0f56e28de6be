import type { Track } from "./simulation.ts";

export type Step = "train" | "planned" | "urgent";

/**
 * The next version of a service: trains give the name (2026.1.0), what follows between trains counts up
 * (2026.1.1). The library counts minor versions and patches (1.7.0, 1.7.1).
 */
export function nextVersion(track: Track, step: Step, train: string | undefined): string | undefined {
  if (track.service.name === "client-sdk") return semantic(track, step);
  if (!track.service.isVersioned) return undefined;
  if (train !== undefined) {
    track.base = train;
    track.serial = -1;
  }
  track.serial += 1;
  return `${track.base}.${track.serial}`;
}

function semantic(track: Track, step: Step): string {
  if (step === "urgent") track.patch += 1;
  else {
    track.serial += 1;
    track.patch = 0;
  }
  return `1.${track.serial}.${track.patch}`;
}
