# Sourced by demo.sh and test.sh: makes a bare Debian machine with the .NET 10 SDK ready to build.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '== %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

check_dotnet() {
    command -v dotnet >/dev/null || fail "dotnet is not on the PATH: install the .NET 10 SDK (https://dotnet.microsoft.com/download)."
    # Without ICU dotnet starts in invariant mode only; nothing here depends on a culture.
    ldconfig -p 2>/dev/null | grep -q libicuuc || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    local version
    version=$(dotnet --version) || fail "dotnet does not start; its own message is above."
    [[ ${version%%.*} -ge 10 ]] || fail "the .NET 10 SDK is needed, found $version (https://dotnet.microsoft.com/download)."
}

# Sets $stack. The first call asks the feeds and writes artifacts/stack.props.
pick_stack() {
    local project=src/Transforms/MLNet.GradStability.Transforms.csproj
    dotnet msbuild "$project" -nologo -v:minimal -t:PickStack
    stack=$(dotnet msbuild "$project" -nologo -getProperty:Stack)
    say "stack: $stack"
}

missing() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) != installed ]]; }

install_packages() {
    local sudo=()
    if (( EUID != 0 )); then
        command -v sudo >/dev/null || fail "run as root, or install by hand: apt-get install $*"
        sudo=(sudo)
    fi
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_prerequisites() {
    local -A reason=(
        [g++]="compiles the C shim over libtorch"
        [libtorch-dev]="libtorch, which the TorchSharp stand-in calls"
        [libopenblas0-openmp]="the BLAS flavour that shares libtorch's OpenMP threads"
    )
    local package needed=()
    if ! command -v apt-get >/dev/null; then
        say "no apt-get here: the standins stack needs a C++ compiler and libtorch with its headers"
        return
    fi
    for package in g++ libtorch-dev libopenblas0-openmp; do
        missing "$package" || continue
        needed+=("$package")
        say "$package is missing: ${reason[$package]}"
    done
    if (( ${#needed[@]} )); then
        say "installing with apt-get: ${needed[*]}"
        install_packages "${needed[@]}"
    fi
    check_blas
}

# The pthread flavour runs its own threads against libtorch's OpenMP ones: slow, and no longer repeatable.
check_blas() {
    local name active
    for name in libopenblas.so.0 libblas.so.3 liblapack.so.3; do
        active=$(readlink -f "/usr/lib/$(uname -m)-linux-gnu/$name" || true)
        [[ -z $active || $active == */openblas-openmp/* ]] && continue
        say "warning: $name is $active, not OpenBLAS with OpenMP; training may be slower and less repeatable. Choose it with"
        say "  update-alternatives --set $name-$(uname -m)-linux-gnu /usr/lib/$(uname -m)-linux-gnu/openblas-openmp/$name"
    done
}

# install_for_tests PACKAGE WHAT COMMAND…: installs a package where none of its commands is there; tests that need it are skipped where that fails.
install_for_tests() {
    local package=$1 what=$2 command
    for command in "${@:3}"; do command -v "$command" >/dev/null && return; done
    if ! command -v apt-get >/dev/null || { (( EUID != 0 )) && ! command -v sudo >/dev/null; }; then
        say "no $package here and no way to install it: the tests that need it are skipped"
        return
    fi
    say "installing with apt-get: $package, $what"
    install_packages "$package" || say "$package could not be installed: the tests that need it are skipped"
}

install_for_all_tests() {
    install_for_tests chromium "which opens the reports in the tests (about 80 MB)" chromium chromium-browser google-chrome
    install_for_tests openmpi-bin "which starts the ranks of data-parallel trainings (about 20 MB)" mpirun
}

setup() {
    check_dotnet
    pick_stack
    if [[ $stack == standins ]]; then install_prerequisites; fi
}
