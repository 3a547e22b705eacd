#!/usr/bin/env bash
# From a bare machine with the .NET 10 SDK to a trained, saved, reloaded network: samples/QuickStart in two processes.
# Build properties go by the environment: Stack=packages ./demo.sh
set -euo pipefail
source "$(dirname "$0")/eng/setup.sh"

setup

say "building samples/QuickStart"
dotnet build samples/QuickStart -c Release -v quiet -nologo
quickstart=(dotnet artifacts/bin/QuickStart/release/QuickStart.dll)
model=artifacts/digits.zip

say "training on the digits, saving $model"
"${quickstart[@]}" train "$model"

say "a fresh process loads $model and predicts"
"${quickstart[@]}" predict "$model"
