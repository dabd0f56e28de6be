import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";

const DEBIAN = "/usr/lib/postgresql";

/** The folder of PostgreSQL's own programs, of the newest version that is installed. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(DEBIAN, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
}

export interface Postgres {
  readonly client: Client;
  stop(): Promise<void>;
}

/** A cluster of the test's own, on a socket in a temporary folder. It refuses to run as root. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "qd-pg-"));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) execFileSync("chown", ["postgres", folder]);
  chmodSync(folder, 0o700);
  const run = (program: string, args: readonly string[]) =>
    isRoot
      ? execFileSync("runuser", ["-u", "postgres", "--", join(programs, program), ...args], { cwd: "/", stdio: "ignore" })
      : execFileSync(join(programs, program), [...args], { stdio: "ignore" });
  const data = join(folder, "data");
  run("initdb", ["-D", data, "-U", "postgres", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"]);
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];
  const options = [...settings, "autovacuum=off", "jit=off", "timezone=UTC", "listen_addresses=''"].map((setting) => `-c ${setting}`);
  run("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", [`-k ${folder}`, ...options].join(" "), "start"]);
  const client = new Client({ host: folder, user: "postgres", database: "postgres" });
  await client.connect();
  return {
    client,
    async stop() {
      await client.end();
      run("pg_ctl", ["-D", data, "-m", "immediate", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
