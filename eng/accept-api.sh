#!/usr/bin/env bash
# Writes src/*/PublicApi.txt anew, by which the tests notice a change of the public API. Look at the difference before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
ACCEPT_PUBLIC_API=1 dotnet test tests/Packaging -v quiet -nologo --filter FullyQualifiedName~PublicApiTests "$@"
git --no-pager diff --stat -- 'src/*/PublicApi.txt'
