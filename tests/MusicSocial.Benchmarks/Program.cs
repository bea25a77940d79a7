using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MusicSocial.Benchmarks.Lyrics;

// dotnet run -c Release --project tests/MusicSocial.Benchmarks -- --filter '*'     wall clock, for a quiet machine
// dotnet run -c Release --project tests/MusicSocial.Benchmarks -- lyrics-cpu       processor time, for a busy one
// dotnet run -c Release --project tests/MusicSocial.Benchmarks -- lyrics-worst     the same of what strangers may send
if (args is ["lyrics-cpu"])
{
    CpuTable.Print(Console.Out);
    return;
}

if (args is ["lyrics-worst"])
{
    WorstTable.Print(Console.Out);
    return;
}

// In process: the generated project of the default toolchain would be held to this repository's analyzers.
var job = Job.ShortRun.WithIterationCount(7).WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
