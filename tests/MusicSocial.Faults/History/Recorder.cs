using System.Collections.Concurrent;

namespace MusicSocial.Faults.History;

/// <summary>Writes down what all clients do and see; entries of one client keep their order.</summary>
internal sealed class Recorder
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public IReadOnlyList<Entry> Entries => [.. _entries];

    public void Add(Entry entry) => _entries.Enqueue(entry);
}
