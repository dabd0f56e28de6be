/*
title: Chain of evidence
grain: one row per batch that was stored
audience: audit
description: "`sha256` covers the batch's records, `chain_sha256` that and everything before."
columns:
  batch_id: Number of the batch, in the order of storing
  run_id: Collection run that stored it
  source: Source that it comes from
  stream: Kind of record
  records: Records in it
  sha256: Hash of its records
  previous_sha256: Chain hash of the batch before
  chain_sha256: Hash of this batch and everything before
*/
select batch_id, run_id, source, stream, records, sha256, previous_sha256, chain_sha256
from raw.batch
order by batch_id desc
