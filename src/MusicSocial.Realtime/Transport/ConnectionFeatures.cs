using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace MusicSocial.Realtime.Transport;

/// <summary>
/// The features of a connection: those it has itself cost nothing, and what SignalR or the host sets beside them is kept in a dictionary made for it. Not thread-safe, as
/// feature collections are.
/// </summary>
internal sealed class ConnectionFeatures(object connection) : IFeatureCollection
{
    private Dictionary<Type, object>? _others;

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => _others is { } others && others.TryGetValue(key, out var feature) ? feature : key.IsInstanceOfType(connection) ? connection : null;
        set
        {
            Revision++;
            if (value is not null)
                (_others ??= [])[key] = value;
            else
                _others?.Remove(key);
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (_others ?? []).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
