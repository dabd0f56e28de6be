import type { Signing } from "../../src/signing/signer.ts";
import {
  ATTESTATION,
  EVIDENCE_LOG,
  EVIDENCE_LOG_HEAD,
  SIGNATURE,
  SUMS,
  type ManifestEntry,
  type PackFile,
  type PackSubject,
} from "./files.ts";
import { code, contentOf, digested, followed, recomputed, sealed } from "./guide-evidence.ts";
import type { ManifestEdition } from "./manifest.ts";
import { verifyLine } from "./signature-block.ts";

interface Guide {
  /** Everything that SHA256SUMS lists. */
  readonly paths: readonly string[];
  /** What lies in the pack, and from what it says that it was made: for the steps that show something of it. */
  readonly files?: readonly PackFile[];
  readonly madeFrom?: PackSubject["madeFrom"];
  readonly attachments: readonly ManifestEntry[];
  readonly edition: ManifestEdition;
  readonly signing: Signing | undefined;
  /** The fingerprint of the map with which people were given pseudonyms. */
  readonly pseudonyms?: string | undefined;
}

/** VERIFY.md: what a stranger types to check a pack, and what the answer must be. */
export function verifyGuide(guide: Guide): string {
  const { signing, paths, edition, files = [], madeFrom = {} } = guide;
  const content = contentOf(files);
  const steps = [
    unaltered(guide),
    ...(signing === undefined ? [] : [signed(signing)]),
    attached(guide.attachments),
    ...(signing === undefined ? [] : [attested(signing)]),
    ...(paths.includes(EVIDENCE_LOG) ? [chained(paths.includes(EVIDENCE_LOG_HEAD))] : []),
    ...sealed(content),
    ...digested(content, madeFrom),
    ...followed(content),
  ];
  return [
    "# How to check this pack",
    TOOLS,
    ...steps.map((step, index) => step.replace("## ", `## ${index + 1}. `)),
    ...recomputed(content),
    ...(edition.replaces === undefined ? [] : [changed(edition)]),
    ...(guide.pseudonyms === undefined ? [] : [withoutNames(guide.pseudonyms)]),
    shown(signing),
  ]
    .join("\n\n")
    .concat("\n");
}

const withoutNames = (fingerprint: string) => `## People have pseudonyms

They were made with the map of fingerprint \`${fingerprint}\`, which is not in this pack. One person has one pseudonym, whatever logins stand behind it, in all packs of
that map. \`evidence/redactions.csv\` lists the fields that have one. Hashes, digest of records and chain are made over the records with pseudonyms, and not over
those that were collected: that they say the same otherwise is the word of who made the pack. Who holds the map can name people, and make the pack again from what was collected.`;

const TOOLS = `Nothing of Quarterdeck is needed. \`sha256sum\` is part of every Linux, \`ssh-keygen\` of OpenSSH, \`pdfdetach\` of poppler, and \`openssl\`
is what its name says (on macOS: \`brew install coreutils poppler openssl\`). Open \`bash\` in the folder of this file and type what stands
indented. Whoever has Quarterdeck types \`quarterdeck verify <this folder> --key <public key file>\`, which does all of it and computes
the results anew.`;

const unaltered = ({ signing }: Guide) => `## No file was altered, removed or added

    sha256sum -c --quiet ${SUMS}

Expected: no output.

Files that are missing, and files that are not listed:

    diff <(cut -c67- ${SUMS}) <(find . -type f ! -path ./${SUMS}${signing === undefined ? "" : ` ! -path ./${SIGNATURE}`} | cut -c3- | LC_ALL=C sort)

Expected: no output.

Links and whatever else is no file, of which a pack holds none:

    find . ! -type f ! -type d

Expected: no output.`;

const signed = (signing: Signing) => `## It was signed, and by whom

You need the public key of ${signing.identity}, and it must come **from outside of this pack**: from the organisation's web site, from an earlier
audit, over the telephone. Whoever rewrites a pack signs it anew and writes their own key into it. Save it as \`audit.pub\` beside the folder of the pack.

    ssh-keygen -l -f ../audit.pub
    (printf '${signing.identity} '; cat ../audit.pub) > ../allowed_signers
    ${verifyLine(signing)}

Expected, after the fingerprint of the key:

${code([`Good "${signing.namespace}" signature for ${signing.identity} with ED25519 key ${signing.fingerprint}`])}

A fingerprint other than the one that you were told means that somebody else made this pack. The name is what you wrote into \`allowed_signers\`, and the key's own
comment may be another: whose key it is, its fingerprint tells.`;

const attached = (attachments: readonly ManifestEntry[]) => `## The PDF carries the same evidence

    attached=$(mktemp -d) && pdfdetach -saveall -o "$attached" pack.pdf && (cd "$attached" && sha256sum *) | LC_ALL=C sort -k2

Expected: these lines, which the section “Manifest” of the PDF prints too.

${code(attachments.toSorted((a, b) => (a.file < b.file ? -1 : 1)).map(({ file, sha256 }) => `${sha256}  ${file}`))}`;

/** What turns 32 bytes of Ed25519 into a public key as OpenSSL reads it (RFC 8410). */
const KEY_HEAD = String.raw`\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00`;

const attested = (signing: Signing) => `## The statement about it is signed, too

\`${ATTESTATION}\` is an in-toto statement in a DSSE envelope: it names every file with its hash, and from what the pack was made. What is
signed is its pre-authentication encoding (PAE): type and payload, each with its length.

    sed -n 's/^ *"payload": "\\(.*\\)",$/\\1/p' ${ATTESTATION} | base64 -d > ../statement.json
    printf 'DSSEv1 28 application/vnd.in-toto+json %s ' $(wc -c < ../statement.json) | cat - ../statement.json > ../statement.pae
    sed -n 's/^ *"sig": "\\(.*\\)"$/\\1/p' ${ATTESTATION} | base64 -d > ../statement.sig
    (printf '${KEY_HEAD}'; cut -d' ' -f2 ../audit.pub | base64 -d | tail -c 32) > ../audit.der
    openssl pkeyutl -verify -pubin -keyform DER -inkey ../audit.der -rawin -in ../statement.pae -sigfile ../statement.sig

Expected, where \`audit.pub\` is the key ${signing.fingerprint}:

    Signature Verified Successfully

    grep -o '"name":"[^"]*","digest":{"sha256":"[0-9a-f]*"' ../statement.json | sed 's/"name":"\\(.*\\)","digest":{"sha256":"\\(.*\\)"/\\2  \\1/' | sha256sum -c --quiet

Expected: no output.`;

/** The head tells a log from which lines were cut at the end: such a log is chained well. */
const HEAD = `    [ "$lines $chain" = "$(cat ${EVIDENCE_LOG_HEAD})" ] || echo "it ends after $lines lines with $chain, and ${EVIDENCE_LOG_HEAD} says otherwise"
`;

const chained = (hasHead: boolean) => `## The log of what was collected is whole

Each line of \`${EVIDENCE_LOG}\` is a batch of records that was stored at once, with its hash (\`sha256\`). Its \`chain_sha256\` is the hash of the
chain before it and of this: no line can be altered, left out or put in between without all that follow.${
  hasHead
    ? ` \`${EVIDENCE_LOG_HEAD}\` says how many lines there are and with which
\`chain_sha256\` they end. Note both: a later pack of the same organisation must have that hash in its log, and the log of an earlier pack must be the beginning of this one.`
    : ""
}

    chain=; lines=0; while read -r hash expected; do
      chain=$(printf '%s' "$chain$hash" | sha256sum | cut -c-64); lines=$((lines + 1)); [ "$chain" = "$expected" ] || { echo "broken at $expected"; break; }
    done < <(sed 's/^{"sha256":"\\([0-9a-f]*\\)","previous_sha256":"[0-9a-f]*","chain_sha256":"\\([0-9a-f]*\\)".*/\\1 \\2/' ${EVIDENCE_LOG})
${hasHead ? HEAD : ""}
Expected: no output.`;

function changed({ number, replaces, reason, changed: changes }: ManifestEdition): string {
  const inputs =
    changes?.made_from.map(({ what, before, now }) => `- ${what}: was \`${before}\`, is \`${now}\``) ?? [];
  const { added = [], removed = [], altered = [] } = changes?.files ?? {};
  const files = [
    ...added.map((file) => `- added: ${file}`),
    ...removed.map((file) => `- removed: ${file}`),
    ...altered.map((file) => `- altered: ${file}`),
  ];
  return `## Edition ${number}

This pack takes the place of \`${replaces?.folder}\`, whose \`${SUMS}\` has the SHA-256 ${replaces?.sha256sums}. That one was issued and stays as it is.

Why there is another: ${reason === undefined ? "no reason is given, this edition is a draft" : oneLine(reason)}

From what it was made, where that differs:

${inputs.length === 0 ? "- nothing" : inputs.join("\n")}

Files that differ:

${files.length === 0 ? "- none" : files.join("\n")}`;
}

/** Somebody typed it: it must stay one paragraph of this page and not pass for a step of it. */
const oneLine = (text: string) => text.replace(/\s+/g, " ").replace(/[<>`[\]#*_\\]/g, "\\$&");

function shown(signing: Signing | undefined): string {
  const unsigned = `**This pack is a draft: it carries no signature.** What is above shows that its files are those that ${SUMS} lists, and nothing more. It proves
nothing against a rewrite: whoever alters a file can write a new ${SUMS}, and everything above will still be as expected. An issued pack has a
\`${SIGNATURE}\`, made with a key whose public half comes from outside of the pack.`;
  const signedWords = `It shows that the files are those that the holder of the key signed. It shows nothing where the public key came with the pack, or from whoever
handed you the pack: the key must come from outside of it.`;
  return `## What this shows, and what not

${signing === undefined ? unsigned : signedWords}

Nor does it show that the sources told the truth or that everything was collected: the section of the PDF on completeness says what is known about
that.`;
}
