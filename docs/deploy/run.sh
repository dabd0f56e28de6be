#!/bin/sh
# One scheduled run: collect, compute, publish. Packs are written where the configuration asks for them (`publish.packs`). For cron, systemd and containers alike.
#   run.sh /etc/quarterdeck/quarterdeck.yaml /var/lib/quarterdeck/clones/payments.git ...
set -eu
config=${1:-quarterdeck.yaml}
[ $# -eq 0 ] || shift

# The git collector never fetches: without this no commit is ever new. A clone that cannot be fetched ends the run; the site stays as it was.
for clone; do git -C "$clone" fetch --quiet --prune --tags --force; done

code=0
quarterdeck collect -C "$config" || code=$?
# 1 = some rows were rejected, and the site lists them, or it stopped at --max-points. From 2 on a source failed: the site stays as it was.
[ "$code" -le 1 ] || exit "$code"

quarterdeck build -C "$config"
