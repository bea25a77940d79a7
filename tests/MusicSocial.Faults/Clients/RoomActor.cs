using MusicSocial.Client;
using MusicSocial.Client.Rooms;

namespace MusicSocial.Faults.Clients;

/// <summary>Queues tracks in a room, each under a name of its own, and in the end makes sure of those it got no answer for.</summary>
internal sealed class RoomActor(MusicSocialClient client, string roomId, string trackId)
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(300);

    /// <summary>Faults end and are healed sooner; a hub that lets its members in no earlier is broken.</summary>
    private static readonly TimeSpan EnterLimit = TimeSpan.FromMinutes(1);

    private readonly List<string> _unknown = [];

    /// <summary>Commands the room must hold exactly once each, when <see cref="SettleAsync"/> is through.</summary>
    public int Commands { get; private set; }

    public async Task ActAsync(string name, CancellationToken cancellationToken)
    {
        await using var room = await EnterAsync();
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            await EnqueueAsync(room, $"{name}-{i}");
            Commands++;
            await Task.Delay(Breath, CancellationToken.None);
        }
    }

    /// <summary>Repeats commands that got no answer, until they are answered.</summary>
    public async Task SettleAsync()
    {
        await using var room = await EnterAsync();
        foreach (var commandId in _unknown.ToArray())
        {
            _unknown.Remove(commandId);
            await EnqueueAsync(room, commandId);
        }

        if (_unknown.Count > 0)
            throw new InvalidOperationException($"The healed hub does not take commands: {_unknown.Count} are left.");
    }

    private async Task<JoinedRoom> EnterAsync()
    {
        using var limit = new CancellationTokenSource(EnterLimit);
        Exception? last = null;
        while (!limit.IsCancellationRequested)
        {
            try
            {
                return await client.Rooms.JoinAsync(roomId, cancellationToken: limit.Token);
            }
            catch (Exception exception) when (exception is RefusedException or HubUnreachableException)
            {
                last = exception;
                await Task.Delay(Breath);
            }
            catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
            {
                last ??= exception;
            }
        }

        throw new TimeoutException($"The room was not entered within {EnterLimit}.", last);
    }

    private async Task EnqueueAsync(JoinedRoom room, string commandId)
    {
        try
        {
            await room.EnqueueAsync(trackId, commandId, CancellationToken.None);
        }
        catch (Exception exception) when (exception is RefusedException or HubUnreachableException)
        {
            _unknown.Add(commandId);
        }
    }
}
