import { lineOf } from "../../src/signing/public-key.ts";
import { CONFIG, DEPLOYMENTS, tinyWorld, type World } from "../cli/commands/world.ts";
import { onlyControls } from "../support/history.ts";
import { privateKeyFile, TEST_KEY, testPublicKey } from "../signing/key.ts";

/** Of tests that make a whole model several times. */
export const LONG = 180_000;

/** The tiny world, collected on the first of April, with a person, who is timeless, and a key to sign with. Most controls are off: they take longer than everything else. */
export async function collectedWorld(more = "", deployments = DEPLOYMENTS): Promise<World> {
  const world = tinyWorld({
    config: `${CONFIG.trimEnd()}
      - { path: data/person*.csv, entity: person }
signing: { key: audit, identity: audit@example.com }
controls: ${JSON.stringify(onlyControls(["POP-03", "POP-07", "RET-01"]))}
${more}`,
  });
  world.write("data/deployments.csv", deployments);
  world.write("audit", privateKeyFile(TEST_KEY));
  world.write("audit.pub", `${lineOf(testPublicKey)}\n`);
  world.write("data/person.csv", 'id,display_name,logins\np1,"Jané Ødegård 🦉",jane\n');
  const { code, err } = await world.run("collect");
  if (code !== 0) throw new Error(err);
  return world;
}

/** Everything that was collected, to the byte, in the order in which it was sealed. */
export const sealed = (world: World) =>
  world.inside((warehouse) =>
    warehouse.rows(
      `select source, stream, key, version, run_id, batch_id, ordinal, epoch_us(fetched_at)::varchar as fetched_at, epoch_us(updated_at)::varchar as updated_at,
         is_deleted, payload::varchar as payload, sha256
       from raw.record order by batch_id, ordinal, source, stream, key`,
    ),
  );
