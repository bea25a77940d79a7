using System.Collections.Concurrent;
using MusicSocial.Realtime.Cluster;

namespace MusicSocial.Realtime.Tests.Cluster;

/// <summary>What every presence promises. The connections named here are connected to no node, so no node renews their leases.</summary>
public abstract class PresenceSpecification
{
    private readonly string _place = $"room:{Guid.CreateVersion7():n}";

    protected abstract IPresence Presence { get; }

    /// <summary>The same presence as another node sees it.</summary>
    protected virtual IPresence OtherPresence => Presence;

    /// <summary>How long a lease lasts here.</summary>
    protected abstract TimeSpan Lease { get; }

    /// <summary>Lets time pass.</summary>
    protected abstract Task PassAsync(TimeSpan span);

    [Fact]
    public async Task Nobody_is_anywhere_at_first()
    {
        Assert.Equal(0, await Presence.CountAsync(_place, default));
        Assert.Empty(await Presence.WhoAsync(_place, 10, default));
    }

    [Fact]
    public async Task A_person_arrives_once_and_leaves_once_whatever_the_connections()
    {
        Assert.True(await Presence.ArriveAsync(_place, "ann", "1", default));
        Assert.False(await OtherPresence.ArriveAsync(_place, "ann", "2", default));
        Assert.Equal(1, await Presence.CountAsync(_place, default));

        Assert.False(await Presence.LeaveAsync(_place, "ann", "1", default));
        Assert.Equal(["ann"], await OtherPresence.WhoAsync(_place, 10, default));
        Assert.True(await OtherPresence.LeaveAsync(_place, "ann", "2", default));
        Assert.Equal(0, await Presence.CountAsync(_place, default));
    }

    [Fact]
    public async Task One_can_ask_for_one_person()
    {
        await Presence.ArriveAsync(_place, "ann", "1", default);
        await Presence.ArriveAsync(_place, "bob", "2", default);
        await Presence.LeaveAsync(_place, "bob", "2", default);

        Assert.True(await OtherPresence.IsPresentAsync(_place, "ann", default));
        Assert.False(await OtherPresence.IsPresentAsync(_place, "bob", default));
        Assert.False(await OtherPresence.IsPresentAsync(_place + "-other", "ann", default));

        await PassAsync(Lease * 1.2);
        Assert.False(await OtherPresence.IsPresentAsync(_place, "ann", default));
    }

    [Fact]
    public async Task Leaving_where_one_is_not_is_nothing()
    {
        await Presence.ArriveAsync(_place, "ann", "1", default);

        Assert.False(await Presence.LeaveAsync(_place, "ann", "2", default));
        Assert.False(await Presence.LeaveAsync(_place, "bob", "1", default));
        Assert.False(await Presence.LeaveAsync(_place + "-other", "ann", "1", default));
        Assert.Equal(1, await Presence.CountAsync(_place, default));
    }

    [Fact]
    public async Task Places_are_apart_and_the_list_has_a_limit()
    {
        for (var i = 0; i < 5; i++)
        {
            await Presence.ArriveAsync(_place, $"user-{i}", $"{i}", default);
        }

        Assert.Equal(5, await OtherPresence.CountAsync(_place, default));
        Assert.Equal(3, (await OtherPresence.WhoAsync(_place, 3, default)).Distinct().Count());
        Assert.Equal(0, await Presence.CountAsync(_place + "-other", default));
    }

    [Fact]
    public async Task A_lease_that_nobody_renews_lapses()
    {
        await Presence.ArriveAsync(_place, "ann", "1", default);
        await Presence.ArriveAsync(_place, "bob", "2", default);
        await PassAsync(Lease * 0.6);
        Assert.False(await Presence.ArriveAsync(_place, "bob", "2", default));
        await PassAsync(Lease * 0.6);

        Assert.Equal(["bob"], await OtherPresence.WhoAsync(_place, 10, default));
        Assert.Equal(1, await OtherPresence.CountAsync(_place, default));
        Assert.False(await Presence.LeaveAsync(_place, "ann", "1", default));
        Assert.True(await Presence.ArriveAsync(_place, "ann", "1", default));
    }

    [Fact]
    public async Task One_of_two_connections_lapsing_leaves_the_person_there()
    {
        await Presence.ArriveAsync(_place, "ann", "1", default);
        await PassAsync(Lease * 0.6);
        await Presence.ArriveAsync(_place, "ann", "2", default);
        await PassAsync(Lease * 0.6);

        Assert.Equal(1, await Presence.CountAsync(_place, default));
        Assert.True(await Presence.LeaveAsync(_place, "ann", "2", default));
    }

    [Fact]
    public async Task A_lapse_is_told_with_who_is_gone_and_leaving_is_none()
    {
        var lapsed = new ConcurrentQueue<(string Place, string UserId)>();
        Presence.Observe((place, people) =>
        {
            foreach (var userId in people)
                lapsed.Enqueue((place, userId));
        });
        await Presence.ArriveAsync(_place, "ann", "1", default);
        await Presence.ArriveAsync(_place, "bob", "2", default);
        await Presence.ArriveAsync(_place, "cat", "3", default);
        await Presence.LeaveAsync(_place, "cat", "3", default);
        await PassAsync(Lease * 0.6);
        await Presence.ArriveAsync(_place, "bob", "2", default);
        await PassAsync(Lease * 0.6);

        // The renewal finds what has lapsed at the place.
        await Presence.ArriveAsync(_place, "bob", "2", default);
        await PassAsync(TimeSpan.Zero);

        Assert.Equal([(_place, "ann")], lapsed.Distinct());
    }

    [Fact]
    public async Task People_who_come_and_go_at_once_are_counted_right()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            var presence = i % 2 == 0 ? Presence : OtherPresence;
            await presence.ArriveAsync(_place, $"user-{i}", $"{i}", default);
            if (i % 4 == 0)
            {
                await presence.LeaveAsync(_place, $"user-{i}", $"{i}", default);
            }
        })));

        Assert.Equal(30, await Presence.CountAsync(_place, default));
    }
}
