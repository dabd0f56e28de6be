import { main } from "../../src/cli/main.ts";
import { realEffects } from "../../src/effects.ts";

/** A command line in a process of its own, which says at its end what it took. */
process.exitCode = await main(process.argv.slice(2), realEffects);
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(
  `used ${Math.round(maxRSS / 1024)} MB ${Math.round((userCPUTime + systemCPUTime) / 1e6)} s\n`,
);
