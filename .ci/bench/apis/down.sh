#!/usr/bin/env bash
# Ends what up.sh started, by pid.
run=${XDG_CACHE_HOME:-$HOME/.cache}/culprit-bench/apis/run
[ -s "$run/pids" ] && xargs kill <"$run/pids" 2>/dev/null
rm -f "$run/pids"
