#!/usr/bin/env bash
# check-standins.sh ML_DLL[,ML_DLL...] TORCHSHARP_DLL
# Every public member of the two stand-in assemblies must exist in the real packages with the same signature: Microsoft.ML
# 5.0.0, and TorchSharp in both 0.102.7 and 0.107.0. The lists and the tool that reads assemblies are in CONTRACT_DIR.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
contract=${CONTRACT_DIR:-$here/../../../shared/contract}
if [ ! -d "$contract/api" ]; then
  echo "check-standins: skipped, there are no API lists in $contract (set CONTRACT_DIR to where they are)"
  exit 0
fi
if [ $# -ne 2 ]; then
  sed -n 2,4p "$0" >&2
  exit 2
fi
contract=$(cd "$contract" && pwd)
IFS=, read -ra ml <<<"$1"
mapfile -t ml < <(realpath "${ml[@]}")
torch=$(realpath "$2")

# Outside the repository, whose build properties are not meant for file-based programs.
work=${TMPDIR:-/tmp}/gradstability-check-standins
mkdir -p "$work/apicheck" "$work/normalize"
cp "$contract/apicheck.cs" "$work/apicheck/"
cp "$here/normalize.cs" "$work/normalize/"

status=0
(cd "$work/apicheck" && dotnet run apicheck.cs -- --of "$(ls "$contract"/api/Microsoft.ML*.txt | paste -sd,)" "${ml[@]}") || status=1
(cd "$work/apicheck" && dotnet run apicheck.cs -- --list "$work/torchsharp.txt" "$torch") || exit 2
(cd "$work/normalize" && dotnet run normalize.cs -- "$work/torchsharp.txt" "$contract"/api/TorchSharp-*.txt) || status=1
exit $status
