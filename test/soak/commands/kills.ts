import { watch } from "node:fs";
import { join } from "node:path";
import { PART } from "../../../src/site/site-list.ts";
import { Chance } from "../../support/chance.ts";
import { expectSame, type Relations } from "../same.ts";
import type { AtEnd, Scenario } from "../scenario.ts";
import {
  company,
  copyOf,
  expectDatabase,
  expectWell,
  filesIn,
  PACK,
  SITE,
  start,
  type Company,
  type Files,
} from "./world.ts";

const BUILD = "killed while it builds";
const WRITING = "killed while the site is written";
const PACKING = "killed while it writes a pack";
const TWO = "two build into one folder";

/**
 * `build` and `pack` killed at random instants, and two builds at once. Each file is then that of before or that of after, packs are whole or not there,
 * and the next run makes the same bytes as one that nobody disturbed, and leaves nothing behind.
 */
export const commandKills: Scenario = {
  name: "command-kills",
  // A build takes longer than all seeds of another scenario may.
  seeds: { test: [], soak: 40 },
  kinds: [BUILD, WRITING, PACKING, TWO],
  run: async (seed, atEnd) => {
    const made = await company();
    const course = COURSES[seed % COURSES.length]!;
    return new Set(await course(made, copyOf(made, atEnd), new Chance(seed), atEnd));
  },
};

type Course = (made: Company, folder: string, chance: Chance, atEnd: AtEnd) => Promise<readonly string[]>;

const COURSES: readonly Course[] = [
  async (made, folder, chance) => {
    const killAfter = (made.took.build * chance.whole(0, 110)) / 100;
    const { isKilled } = await start(folder, ["build"], { killAfter });
    await expectMended(made, folder);
    return isKilled ? [BUILD] : [];
  },
  async (made, folder, chance) => {
    const delay = chance.whole(0, 120);
    const { isKilled } = await start(folder, ["build"], {
      onStart: (kill) => onWritten(folder, kill, delay),
    });
    await expectMended(made, folder);
    return isKilled ? [WRITING] : [];
  },
  async (made, folder, chance) => {
    const killAfter = (made.took.pack * chance.whole(20, 105)) / 100;
    const { isKilled } = await start(folder, PACK, { killAfter });
    await expectEither(folder, made.before, made.packed);
    expectWell(await start(folder, PACK));
    expectFiles(filesIn(folder), made.packed);
    return isKilled ? [PACKING] : [];
  },
  async (made, folder, chance) => {
    const later = chance.whole(0, 400);
    const builds = [start(folder, ["build"]), paused(later).then(() => start(folder, ["build"]))];
    for (const { code, printed } of await Promise.all(builds))
      if (code !== 0 && !/is in use by another process|is being written by another build/.test(printed))
        throw new Error(`ended with ${code}: ${printed}`);
    expectFiles(filesIn(folder), made.built);
    await expectMended(made, folder);
    return [TWO];
  },
];

const paused = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function onWritten(folder: string, kill: () => void, delay: number): void {
  const watcher = watch(join(folder, SITE), (_, name) => {
    if (name !== PART) return;
    watcher.close();
    setTimeout(kill, delay);
  });
  watcher.unref();
}

/** Nothing is torn; and the next build makes of it what one makes that nobody disturbed. */
async function expectMended(made: Company, folder: string): Promise<void> {
  await expectEither(folder, made.before, made.built);
  expectWell(await start(folder, ["build"]));
  expectFiles(filesIn(folder), made.built);
  await expectDatabase(folder);
}

/** What a build or pack works on before it takes its place. `publish --check` says that it is half, and the next one takes it away. */
const DRAFTS = /^(?:quarterdeck-[a-z]+-[0-9a-f]{8}-\d+-|public\/(?:\.quarterdeck-site(?:\.\w+)?$|packs\/\.))/;

async function expectEither(folder: string, before: Files, after: Files): Promise<void> {
  const found = filesIn(folder);
  const foreign = [...found]
    .filter(([path, sum]) => before.get(path) !== sum && after.get(path) !== sum && !DRAFTS.test(path))
    .map(([path]) => path);
  expectSame({ "neither of before nor of after": foreign }, {});
  const lost = [...before.keys()].filter(
    (path) => after.has(path) && !found.has(path) && !isExchanged(path, found),
  );
  expectSame({ "lost, though it is there before and after": lost }, {});
  await expectDatabase(folder);
}

/** A pack that takes the place of another is nowhere for an instant; the other lies in the folder of its draft. */
function isExchanged(path: string, found: Files): boolean {
  const [, pack] = /^(.*\/packs\/[^/]+)\//.exec(path) ?? [];
  return (
    pack !== undefined &&
    !found.has(`${pack}/pack.pdf`) &&
    [...found.keys()].some((other) => other.includes("/older/"))
  );
}

const told = (files: Files): Relations => ({ files: [...files].map(([path, sum]) => `${path} ${sum}`) });
const expectFiles = (found: Files, wanted: Files): void => expectSame(told(found), told(wanted));
