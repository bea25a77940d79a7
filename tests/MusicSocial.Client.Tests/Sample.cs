using MusicSocial.Client.Topics;

namespace MusicSocial.Client.Tests;

/// <summary>The code block of the SDK's README, compiled; a test compares the two.</summary>
internal static class Sample
{
    // README: from here
    public static async Task RunAsync(IReadOnlyList<Uri> nodes, TextWriter console, CancellationToken cancellationToken)
    {
        await using var client = new MusicSocialClient(nodes);
        await client.Accounts.SignInAsGuestAsync("Ann", cancellationToken);
        await client.ConnectAsync(cancellationToken);

        // A room: all its members are at the same position of the same song at the same instant of hub time.
        var song = (await client.Catalog.ListAsync(cancellationToken: cancellationToken)).Items[0];
        var opened = await client.Rooms.OpenAsync("Kitchen", cancellationToken: cancellationToken);
        await using var room = await client.Rooms.JoinAsync(opened.Code, cancellationToken: cancellationToken);
        await room.EnqueueAsync(song.Id, cancellationToken: cancellationToken);
        await room.PlayAsync(cancellationToken);
        await foreach (var state in room.WatchAsync(cancellationToken))
        {
            if (state.Timeline.Rate > 0)
                break;
        }

        await console.WriteLineAsync($"{song.Title} is at {client.Clock.PositionOf(room.State.Timeline)}");

        // A song's comments, live: in order, each once, whatever happens to connections and nodes.
        await using var comments = await client.FollowAsync(TopicNames.Track(song.Id), cancellationToken);
        await client.Comments.PostAsync(song.Id, "What a bass line!", cancellationToken);
        await foreach (var update in comments.ReadAllAsync(cancellationToken))
        {
            if (update is TopicStarted started)
                await console.WriteLineAsync($"{started.ReadSnapshot<TrackSnapshot>().Total} comments so far");
            else if (update is TopicHappened { Event.Type: "comment.posted" } posted)
                await console.WriteLineAsync(posted.Event.ReadData<Comment>().Text);
            if (update is TopicHappened)
                break;
        }
    }

    // README: to here
}
