/*
title: Chain of evidence
grain: one row per batch that was stored
description: "`sha256` covers the batch's records, `chain_sha256` that and everything before."
*/
select batch_id, run_id, source, stream, records, sha256, previous_sha256, chain_sha256
from raw.batch
order by batch_id desc
