using Microsoft.AspNetCore.SignalR.Client;
using MusicSocial.Realtime.Tests.Rig;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>SignalR's own client, which writes down what it is told.</summary>
internal sealed class PlainClient : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _heard = [];

    public PlainClient(HubConnection connection)
    {
        Connection = connection;
        connection.On<string>("say", Hear);
    }

    public HubConnection Connection { get; }

    public string Id => Connection.ConnectionId!;

    public string[] Heard
    {
        get
        {
            lock (_lock)
                return [.. _heard];
        }
    }

    /// <summary>Waits for the word "end", and tells what came before it.</summary>
    public async Task<string[]> HeardBeforeEndAsync()
    {
        await Eventually.Holds(() => Heard.Contains("end"), "the end was heard");
        return [.. Heard.TakeWhile(text => text != "end")];
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private void Hear(string text)
    {
        lock (_lock)
            _heard.Add(text);
    }
}
