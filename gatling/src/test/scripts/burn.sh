#!/bin/sh
# Runs `./fanbench run quick` beside a program that burns 30 % of a core in bursts, and compares with runs that have no company.
#
#   burn.sh [RUNS]
#
# First RUNS quiet runs (default 1), then RUNS with the burner on the load's core, then RUNS with one on each core. Tells of each
# its exit code, and whether its interval of the p50 ratio of the largest fan-out holds the median of the quiet ratios.
# The width of an interval is high ÷ low, given as a multiple of the quiet runs' median width, in logarithms.
# Needs gcc, node and two cores of its own. The load's core is the last one, as fanbench itself pins.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
home=$(CDPATH= cd -- "$here/../../../.." && pwd -P)
runs=${1:-1}
cores=$(nproc)
work=$(mktemp -d)
burners=
stop() {
  for burner in $burners; do kill "$burner" 2>/dev/null || true; done
  burners=
}
trap 'stop; rm -r "$work"' EXIT
trap 'exit 1' INT TERM

gcc -O1 -o "$work/burn" "$here/../c/burn.c"

# burn CORE: starts a burner
burn() {
  "$work/burn" "$1" 30 &
  burners="$burners $!"
}

# measure NAME: one run; its exit code in $code, its summary in $work/NAME/summary.json
measure() {
  code=0
  mkdir -p "$work/$1/runs"
  "$home/fanbench" run quick target=netty,serverless floor=off "out=$work/$1/runs" "site=$work/$1" >"$work/$1/log.txt" 2>&1 || code=$?
  [ -s "$work/$1/summary.json" ] || { cat "$work/$1/log.txt" >&2; exit 1; }
}

# ratio NAME: prints "RATIO LOW HIGH" of p50 of the time to last delivery in the largest fan-out, serverless over netty
ratio() {
  node -e '
    const summary = JSON.parse(require("fs").readFileSync(process.argv[1]));
    const rows = summary.phases.flatMap((phase) => phase.series.lastDelivery ?? []);
    const row = rows.filter((each) => each.run === "serverless").pop();
    console.log(row?.ratioLow ? `${row.ratio} ${row.ratioLow} ${row.ratioHigh}` : "none none none");
  ' "$work/$1/summary.json"
}

# median FILE COLUMN: the middle of the numbers in a column; lines without numbers are left out
median() {
  awk -v c="$2" '$c != "none" { print $c }' "$1" | sort -g | awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "none" }'
}

: >"$work/quiet.txt"
for kind in quiet load both; do
  i=1
  while [ "$i" -le "$runs" ]; do
    case $kind in
      load) burn $((cores - 1)) ;;
      both) core=0; while [ "$core" -lt "$cores" ]; do burn "$core"; core=$((core + 1)); done ;;
    esac
    measure "$kind$i"
    stop
    # shellcheck disable=SC2046 # three words
    set -- $(ratio "$kind$i")
    width=none
    [ "$1" = none ] || width=$(awk -v l="$2" -v h="$3" 'BEGIN { print log(h / l) }')
    if [ $kind = quiet ]; then
      echo "$1 $width" >>"$work/quiet.txt"
      echo "quiet $i: exit $code, p50 ratio $1 ($2 to $3)"
    else
      middle=$(median "$work/quiet.txt" 1)
      usual=$(median "$work/quiet.txt" 2)
      held=$(awk -v q="$middle" -v l="$2" -v h="$3" 'BEGIN { print (q != "none" && l != "none" && l <= q && q <= h) ? "yes" : "no" }')
      wide=$(awk -v w="$width" -v u="$usual" 'BEGIN { if (w == "none" || u == "none") print "no width"; else printf "%.1f times as wide", w / u }')
      echo "$kind $i: exit $code, p50 ratio $1 ($2 to $3), holds the quiet $middle: $held, $wide"
    fi
    i=$((i + 1))
  done
done
