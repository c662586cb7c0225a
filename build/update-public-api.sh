#!/usr/bin/env bash
# Writes the public members of the library and the engine down as they are. What changed is then seen in the diff.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for project in ModelTools.Core ModelTools.Torch; do
    list=src/$project/PublicAPI.Shipped.txt
    echo '#nullable enable' > "$list"
    dotnet build "src/$project" -c Release -v q --nologo --no-incremental -p:RunAnalyzers=true -p:TreatWarningsAsErrors=false -p:UseSharedCompilation=false |
        grep "$project.csproj]" | sed -nE "s/.*RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" | LC_ALL=C sort -u >> "$list"
done
