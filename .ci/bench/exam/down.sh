#!/bin/sh
# Ends what up.sh started, by pid.
run="${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/exam/run"
[ -f "$run/pids" ] || exit 0
while read -r pid name; do kill -- "-$pid" 2>/dev/null; done < "$run/pids"
rm -f "$run/pids"
