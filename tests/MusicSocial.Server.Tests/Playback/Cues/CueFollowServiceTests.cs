using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Server.Playback.Cues;
using MusicSocial.TestRig;

namespace MusicSocial.Server.Tests.Playback.Cues;

public sealed class CueFollowServiceTests : IAsyncLifetime
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
    public async Task An_outage_of_the_shared_documents_costs_a_display_nothing_but_losing_the_right_does()
    {
        await using var host = await PlaybackHub.ListenerAsync(_app, _time, "Host");
        await using var display = await PlaybackHub.ListenerAsync(_app, _time, "Display");
        var room = await host.Person.Http.PostAsJsonAsync("/api/rooms", new { name = "Kitchen", visibility = "public" }).ReadAsync<RoomView>();
        var topic = TopicNames.Room(room.Id);
        await display.Client.CallAsync("FollowCues", topic, true);
        var cues = _app.Services.GetRequiredService<CueSubscriptions>();

        _faults.Begin(() => new RefusedException(HubRefusals.Unavailable));
        await _app.Services.GetRequiredService<CueFollowService>().RemoveUnauthorizedAsync(topic, CancellationToken.None);
        Assert.True(_faults.ReadFailed.IsCompleted);
        Assert.Contains(topic, cues.Topics);
        _faults.End();

        await host.Client.CallAsync("JoinRoom", room.Id, null);
        await host.Client.CallAsync("ChangeRoom", room.Id, new { visibility = "private" });
        await AdvanceUntilAsync(() => !cues.Topics.Contains(topic));
    }

    private async Task AdvanceUntilAsync(Func<bool> happened)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!happened())
        {
            await Task.Delay(20, limit.Token);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }
}
