using Dapper;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Storage;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Playback;

public sealed class AudienceEnforcerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTime _time = new();
    private readonly Faults _faults = new();
    private HubApp _app = null!;

    public Task InitializeAsync()
    {
        _app = new HubApp(services: services =>
        {
            services.AddSingleton<TimeProvider>(_time);
            _faults.Install(services);
        });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Followers_are_still_removed_after_a_failure_that_is_no_refusal()
    {
        await using var ann = await PlaybackHub.ListenerAsync(_app, _time, "Ann");
        await using var former = await PlaybackHub.ListenerAsync(_app, _time, "Former friend");
        await former.FollowAsync(ann);
        await ann.FollowAsync(former);
        await ann.ChooseAsync(Audience.Mutual);
        await former.FollowTopicAsync(ann);

        await ann.UnfollowAsync(former);
        await ExecuteAsync("ALTER TABLE follows RENAME TO follows_elsewhere");
        _faults.Begin(() => new InvalidOperationException("The test makes this fail."));
        // Written when the removal has failed, to keep the topic quiet for longer.
        await UntilAsync(_faults.WriteFailed);
        _faults.End();
        await ExecuteAsync("ALTER TABLE follows_elsewhere RENAME TO follows");

        await UntilAsync(former.Client.NextGapAsync(TopicNames.User(ann.Id)));
    }

    private Task ExecuteAsync(string sql) =>
        _app.Services.GetRequiredService<Database>().WriteAsync(connection => connection.ExecuteAsync(sql), CancellationToken.None);

    private async Task UntilAsync(Task happens)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await Task.WhenAny(happens, Task.Delay(20, limit.Token)) != happens)
        {
            limit.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await happens;
    }
}
