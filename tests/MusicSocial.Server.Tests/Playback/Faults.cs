using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>Between <see cref="Begin"/> and <see cref="End"/>, reading and writing shared documents fail.</summary>
internal sealed class Faults
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _write = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Func<Exception>? _failure;

    public Task ReadFailed => _read.Task;

    public Task WriteFailed => _write.Task;

    public void Begin(Func<Exception> failure) => _failure = failure;

    public void End() => _failure = null;

    public void Install(IServiceCollection services)
    {
        Decorate<IRevisionedState>(services, state => new FaultyState(state, this));
    }

    private void Throw(TaskCompletionSource happened)
    {
        if (_failure is not { } failure)
            return;
        happened.TrySetResult();
        throw failure();
    }

    private static void Decorate<T>(IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => decorate(
            (T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }

    private sealed class FaultyState(IRevisionedState inner, Faults faults) : IRevisionedState
    {
        public ValueTask<RevisionedDocument?> ReadAsync(string key, CancellationToken cancellationToken)
        {
            faults.Throw(faults._read);
            return inner.ReadAsync(key, cancellationToken);
        }

        public ValueTask<RevisionedDocument?> TryWriteAsync(
            string key, long expectedRevision, ReadOnlyMemory<byte> bytes, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
        {
            faults.Throw(faults._write);
            return inner.TryWriteAsync(key, expectedRevision, bytes, events, cancellationToken);
        }

        public ValueTask<RevisionedDocument> SeedAsync(string key, RevisionedDocument stored, CancellationToken cancellationToken) =>
            inner.SeedAsync(key, stored, cancellationToken);
    }
}
