using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using MusicSocial.Realtime.Hubs;
using MusicSocial.Realtime.Redis;

namespace MusicSocial.Realtime.Tests.Hubs;

/// <summary>One node serving <see cref="PlainHub"/> in both protocols; connections are pipes, everything else is SignalR's own.</summary>
internal sealed class PlainNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly HubConnectionHandler<PlainHub> _handler;
    private readonly ConcurrentBag<Task> _served = [];
    private readonly ConcurrentBag<PlainClient> _clients = [];

    public PlainNode(string redis)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalR(hub => (hub.MaximumParallelInvocationsPerClient, hub.EnableDetailedErrors) = (4, true)).AddMessagePackWire().AddPlainHubBackplane(redis);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        _handler = Get<HubConnectionHandler<PlainHub>>();
    }

    public IHubClients Clients => Get<IHubContext<PlainHub>>().Clients;

    public IGroupManager Groups => Get<IHubContext<PlainHub>>().Groups;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Connects with SignalR's client; <paramref name="speaks"/> chooses a protocol other than JSON.</summary>
    public async Task<PlainClient> ConnectAsync(string? userId = null, Action<IHubConnectionBuilder>? speaks = null)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new PipeFactory(this, userId));
        builder.Services.AddSingleton<EndPoint>(new IPEndPoint(IPAddress.Loopback, 0));
        speaks?.Invoke(builder);
        var client = new PlainClient(builder.Build());
        _clients.Add(client);
        await client.Connection.StartAsync();
        // The handshake is answered before the hub knows the connection.
        await client.Connection.InvokeAsync<string>("WhoAmI");
        return client;
    }

    /// <summary>Serves a connection made elsewhere.</summary>
    public async Task ServeAsync(ConnectionContext connection)
    {
        try
        {
            await _handler.OnConnectedAsync(connection);
        }
        finally
        {
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Task.WhenAll(_served);
        await _services.DisposeAsync();
    }

    private sealed class PipeFactory(PlainNode node, string? userId) : IConnectionFactory
    {
        public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var id = Guid.CreateVersion7().ToString("n");
            var toServer = new Pipe();
            var toClient = new Pipe();
            var served = new DefaultConnectionContext(id) { Transport = new PipePair(toServer.Reader, toClient.Writer) };
            if (userId is not null)
                served.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, userId)], "test"));
            node._served.Add(node.ServeAsync(served));
            return new(new DefaultConnectionContext(id) { Transport = new PipePair(toClient.Reader, toServer.Writer) });
        }
    }
}

/// <summary>Two ends of different pipes as one connection.</summary>
internal sealed record PipePair(PipeReader Input, PipeWriter Output) : IDuplexPipe;
