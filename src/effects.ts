/**
 * Everything a command does to the world outside comes through here, with the real thing as default, so
 * that tests hand in their own and need no mocking library.
 */
export interface Effects {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly isTerminal: boolean;
  readonly now: () => Date;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const realEffects: Effects = {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  now: () => new Date(),
  cwd: process.cwd(),
  env: process.env,
};
