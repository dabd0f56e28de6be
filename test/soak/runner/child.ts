import { main } from "../../../src/cli/main.ts";
import { realEffects } from "../../../src/effects.ts";
import { READY } from "../../support/process.ts";
import { clearingUp } from "../scenario.ts";
import { bench } from "./bench.ts";

/** A process to be killed: collects from the generic source, or runs a command line of the product. */
const [command = "", ...rest] = process.argv.slice(2);
if (command === "collect") {
  const [url = "", repositories = "", size = ""] = rest;
  await clearingUp(async (atEnd) => {
    const one = await bench(process.cwd(), atEnd, "quarterdeck.duckdb");
    await one.collect({
      url,
      repositories: repositories.split(","),
      size: Number(size),
      breaks: () => undefined,
    });
  });
} else {
  // What a command needs is loaded before it counts as begun, so that the kill finds it at work.
  await Promise.all([import("../../../src/cli/build.ts"), import("../../../src/cli/metrics.ts")]);
  process.stdout.write(READY);
  process.exitCode = await main([command, ...rest], realEffects);
}
