#!/bin/sh
# Runs `./fanbench run quick` beside a program that burns 30 % of a core in bursts, and compares with runs that have no company.
#
#   burn.sh [RUNS]
#
# First RUNS quiet runs (default 1), then RUNS with the burner on the load's core, then RUNS with one on each core. Tells of each
# whether it exited with 0, and whether its interval of the p50 ratio of the largest fan-out holds the first quiet run's ratio.
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

# ratio NAME: prints "RATIO LOW HIGH" of the p50 in the largest fan-out, serverless over netty
ratio() {
  node -e '
    const found = [];
    const walk = (value, path) => {
      if (Array.isArray(value)) value.forEach((each) => walk(each, path));
      else if (value && typeof value === "object") {
        if (typeof value.ratioLow === "number" && typeof value.ratioHigh === "number") found.push({ path, ...value });
        Object.entries(value).forEach(([key, each]) => walk(each, [...path, key]));
      }
    };
    walk(JSON.parse(require("fs").readFileSync(process.argv[1])), []);
    const last = found.filter((each) => each.ratio !== 1).pop();
    console.log(last ? `${last.ratio} ${last.ratioLow} ${last.ratioHigh}` : "none none none");
  ' "$work/$1/summary.json"
}

quiet=
round=0
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
    [ -n "$quiet" ] || quiet=$1
    held=$(awk -v q="$quiet" -v l="$2" -v h="$3" 'BEGIN { print (l != "none" && l <= q && q <= h) ? "yes" : "no" }')
    echo "$kind $i: exit $code, p50 ratio $1 ($2 to $3), holds the quiet $quiet: $held"
    i=$((i + 1))
  done
done
