import { execa } from "execa";

/** Git as it comes, whatever the machine's own settings are. */
const env = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_DEFAULT_HASH: "sha1",
  LC_ALL: "C",
  TZ: "UTC",
};

/** Makes a bare repository from a stream. */
export async function importRepository(directory: string, stream: string): Promise<void> {
  await execa("git", ["init", "--quiet", "--bare", "--template=", "--initial-branch=main", "--", directory], {
    env,
  });
  const settings = ["-c", "fastimport.unpackLimit=0", "-c", "pack.compression=6"];
  await execa("git", [...settings, "-C", directory, "fast-import", "--quiet", "--date-format=raw"], {
    env,
    input: stream,
  });
}
