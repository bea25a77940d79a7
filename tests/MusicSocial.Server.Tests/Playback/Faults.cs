using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Cluster;
using MusicSocial.Server.Playback;

namespace MusicSocial.Server.Tests.Playback;

/// <summary>Between <see cref="Begin"/> and <see cref="End"/>, reading mutual follows and reading and writing shared documents fail.</summary>
internal sealed class Faults
{
    private readonly TaskCompletionSource _follows = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _write = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Func<Exception>? _failure;

    public Task FollowsFailed => _follows.Task;

    public Task ReadFailed => _read.Task;

    public Task WriteFailed => _write.Task;

    public void Begin(Func<Exception> failure) => _failure = failure;

    public void End() => _failure = null;

    public void Install(IServiceCollection services)
    {
        Decorate<IRevisionedState>(services, state => new FaultyState(state, this));
        Decorate<IMutualFollows>(services, follows => new FaultyFollows(follows, this));
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

    private sealed class FaultyFollows(IMutualFollows inner, Faults faults) : IMutualFollows
    {
        public Task<IReadOnlySet<string>> MutualAsync(string userId, IReadOnlyCollection<string> others, CancellationToken cancellationToken)
        {
            faults.Throw(faults._follows);
            return inner.MutualAsync(userId, others, cancellationToken);
        }
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
