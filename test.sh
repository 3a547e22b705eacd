#!/usr/bin/env bash
# Sets up, checks the format, builds Release and runs every test; the last line is "N passed, N failed".
# Build properties go by the environment: Stack=packages ./test.sh
set -euo pipefail
source "$(dirname "$0")/eng/setup.sh"

setup
install_for_all_tests
passed=0 failed=0 skipped=0

# Reads one of the counts of a trx file.
count() { sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2"; }

run_tests() {
    local project=$1 name results status=0 broken=0
    name=$(basename "$project" .csproj)
    results=artifacts/test-results/$name.trx
    rm -f "$results"
    say "$name"
    dotnet test "$project" -c Release --no-build -v quiet -nologo --results-directory artifacts/test-results \
        --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
        --blame-hang-timeout 10m --blame-hang-dump-type none || status=$?
    if [[ -f $results ]]; then
        broken=$(count failed "$results")
        (( passed += $(count passed "$results"), skipped += $(count total "$results") - $(count executed "$results") )) || true
    fi
    # A test host that crashed leaves no failed test behind, and is one.
    if (( status != 0 && broken == 0 )); then broken=1; fi
    (( failed += broken )) || true
}

say "format"
dotnet format whitespace --folder . --exclude artifacts --verify-no-changes || (( failed += 1 ))

# The style rules of .editorconfig are warnings of the Release build, and so errors.
say "building Release"
dotnet build MLNet.GradStability.sln -c Release -v quiet -nologo

for project in tests/*/*.csproj; do
    run_tests "$project"
done

if [[ $stack == standins && -d ../shared/contract ]]; then
    say "stand-ins against the public members of the real packages"
    eng/check-standins/check-standins.sh artifacts/bin/{Microsoft.ML/release_net10.0/Microsoft.ML,TorchSharp/release_net10.0/TorchSharp}.dll ||
        (( failed += 1 ))
fi

summary="$passed passed, $failed failed"
if (( skipped )); then summary+=", $skipped skipped"; fi
echo "$summary"
(( failed == 0 ))
