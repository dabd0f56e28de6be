import type { Issuing } from "../../reports/folder/edition.ts";
import type { LoadedConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { openSigner, type Signer } from "../signing/signer.ts";

interface IssuingValues {
  readonly sign?: boolean | undefined;
  readonly "no-sign"?: boolean | undefined;
  readonly reason?: string | undefined;
  readonly zip?: boolean | undefined;
}

/** Packs that somebody asked for are signed where a key is configured, unless it is said not to. */
export async function issuingOf(
  values: IssuingValues,
  loaded: LoadedConfig,
  effects: Effects,
): Promise<Issuing> {
  refuseBoth(values);
  const isWanted = values.sign === true || loaded.config.signing !== undefined;
  const signer = isWanted && values["no-sign"] !== true ? await signerOf(loaded, effects) : undefined;
  return {
    ...(signer === undefined ? {} : { signer }),
    ...(values.reason === undefined ? {} : { reason: values.reason }),
    isZipped: values.zip === true,
  };
}

/** Packs that a build writes are drafts, unless it is said that they are to be issued. What was issued stays. */
export async function siteIssuingOf(
  values: IssuingValues,
  loaded: LoadedConfig,
  effects: Effects,
): Promise<Issuing> {
  refuseBoth(values);
  const signer = values.sign === true ? await signerOf(loaded, effects) : undefined;
  return { ...(signer === undefined ? {} : { signer }), isKeeping: true };
}

function refuseBoth(values: IssuingValues): void {
  if (values.sign === true && values["no-sign"] === true)
    throw new UsageError("--sign and --no-sign exclude each other");
}

function signerOf({ config, directory }: LoadedConfig, { env }: Effects): Promise<Signer> {
  if (config.signing === undefined) {
    throw new UsageError(
      "--sign needs a key: `signing: { key: ..., identity: ... }` in quarterdeck.yaml names it",
    );
  }
  return openSigner(config.signing, { directory, env });
}
