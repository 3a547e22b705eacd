#!/usr/bin/env bash
# run.sh [RANKS]: trains the digits in one process, then in so many (2), with as many threads in all as there are processors.
set -euo pipefail
cd "$(dirname "$0")/../.."
ranks=${1:-2}
command -v mpirun >/dev/null || { echo "mpirun is needed: apt-get install openmpi-bin" >&2; exit 1; }
dotnet build samples/Distributed -c Release -v quiet -nologo
# mpirun refuses to run as root otherwise, which containers do.
if (( EUID == 0 )); then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi
for n in 1 "$ranks"; do
    threads=$(( $(nproc) / n ))
    OMP_NUM_THREADS=$(( threads > 0 ? threads : 1 )) mpirun --oversubscribe --bind-to none -np "$n" \
        dotnet run --no-build -c Release --project samples/Distributed
done
