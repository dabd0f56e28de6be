import { main } from "../../../src/cli/main.ts";
import { recordedEffects } from "../../cli/effects.ts";
import { Chance } from "../../support/chance.ts";
import { JUMPS, jumping } from "../clock.ts";
import { expectSame } from "../same.ts";
import type { Scenario } from "../scenario.ts";
import { company, copyOf, expectDatabase, filesIn, NOW, PACK, SITE, type Files } from "./world.ts";

const COMMANDS = ["collect", "build", "pack", "doctor", "check"] as const;

/**
 * Commands by a clock that is set between them and while they run. When it is right again one collection and one build make the pages that
 * somebody has whose clock was never wrong.
 */
export const clocks: Scenario = {
  name: "clocks",
  seeds: { test: [], soak: 20 },
  kinds: [...JUMPS, ...COMMANDS],
  run: async (seed, atEnd) => {
    const made = await company();
    const folder = copyOf(made, atEnd);
    const seen = await disturbed(folder, seed);
    const right = () => NOW;
    for (const command of ["collect", "build"]) await ran(folder, [command], right);
    await expectDatabase(folder);
    expectSame({ pages: pagesOf(filesIn(folder)) }, { pages: pagesOf(made.built) });
    return seen;
  },
};

async function disturbed(folder: string, seed: number): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const chance = new Chance(seed);
  const now = jumping(
    () => NOW,
    // A command looks at it a few times only, and seeds beside each other begin alike.
    new Chance(seed * 1_000_003),
    (kind) => seen.add(kind),
  );
  for (let rounds = chance.whole(2, 5); rounds > 0; rounds -= 1) {
    const command = chance.one(COMMANDS);
    seen.add(command);
    await ran(folder, command === "pack" ? PACK : [command], now);
  }
  return seen;
}

/** @throws where it is ended by anything but what it looks for */
async function ran(folder: string, command: readonly string[], now: () => Date): Promise<void> {
  const effects = recordedEffects(folder);
  const code = await main([...command], { ...effects, now });
  const { out, err } = effects.printed;
  if (code > 1 || (code === 1 && !LOOKING.has(command[0] ?? "")))
    throw new Error(`${command.join(" ")} ended with ${code}: ${out}${err}`);
}

/** These end with 1 where they find something. */
const LOOKING = new Set(["doctor", "check"]);

/** Packs print the run that they rest on, and are listed with their sums. */
const PACKS = /^public\/(?:packs\/|packs\.html$|data\/packs\.csv$|\.quarterdeck)/;

const pagesOf = (files: Files) =>
  [...files]
    .filter(([path]) => path.startsWith(`${SITE}/`) && !PACKS.test(path))
    .map(([path, sum]) => `${path} ${sum}`);
