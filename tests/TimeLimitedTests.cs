using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MusicSocial.Tests;

/// <summary>
/// Ends every asynchronous test after <see cref="LimitMs"/>: a wait that never ends fails by its name instead of holding up the suite. A test that
/// needs longer says so: <c>[Fact(Timeout = 300_000)]</c>. Compiled into every test project (Directory.Build.props).
/// </summary>
public sealed class TimeLimitedTests(IMessageSink messages) : XunitTestFramework(messages)
{
    private const int LimitMs = 120_000;

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Timeout")]
    private static extern void SetTimeout(XunitTestCase testCase, int milliseconds);

    private static IXunitTestCase Limited(IXunitTestCase testCase)
    {
        if (testCase is XunitTestCase { Timeout: 0 } unlimited && testCase.Method.ReturnType.Name != typeof(void).FullName)
            SetTimeout(unlimited, LimitMs);
        return testCase;
    }

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider source, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, source, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases([.. testCases.Select(Limited)], executionMessageSink, executionOptions);
    }
}
