#!/usr/bin/env bash
# Builds the backplane against newer StackExchange.Redis than the one it ships with, to show that raising the version is all it takes.
# They list dependencies partial feeds lack; compiling does without them. Works on copies: no lock file and no output is touched.
#   redis-clients.sh [CONFIGURATION]      after the solution was built in that configuration (Release)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=${1:-Release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for version in 2.13.23 3.4.35; do
  mkdir "$work/$version"
  cat >"$work/$version/MusicSocial.Realtime.Redis.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <LangVersion>latest</LangVersion>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <NuGetAudit>false</NuGetAudit>
    <NoWarn>CS1591;CS1701</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="StackExchange.Redis" Version="$version" />
    <PrunePackageReference Include="Pipelines.Sockets.Unofficial" Version="99.0.0" />
    <PrunePackageReference Include="RESPite" Version="99.0.0" />
    <PrunePackageReference Include="System.IO.Hashing" Version="99.0.0" />
    <Reference Include="$here/src/MusicSocial.Realtime/bin/$configuration/net10.0/MusicSocial.*.dll" />
    <Compile Include="$here/src/MusicSocial.Realtime.Redis/**/*.cs" Exclude="$here/src/MusicSocial.Realtime.Redis/obj/**;$here/src/MusicSocial.Realtime.Redis/bin/**" />
  </ItemGroup>
</Project>
PROJECT
  dotnet build "$work/$version" -v q --nologo --disable-build-servers
done
