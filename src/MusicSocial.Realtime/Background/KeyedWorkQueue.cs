using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Background;

/// <summary>
/// Work by key: one after the other and in order for each key, side by side for different keys, at most <paramref name="parallelism"/> at a time.
/// Keys take turns, so that one busy key does not hold up the others. Work that throws is logged; whatever waits behind it runs all the same.
/// Costs no thread and no task while there is nothing to do.
/// </summary>
/// <param name="name">Names the queue in log lines.</param>
/// <param name="parallelism">Pieces of work that run at the same time.</param>
/// <param name="logger">Where failures go.</param>
public sealed partial class KeyedWorkQueue(string name, int parallelism, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Item>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _ready = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _workers;
    private bool _isStopping;

    /// <summary>Keys with work that waits or runs.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds work behind everything that waits under the same key. After <see cref="DisposeAsync"/> it does nothing.</summary>
    public void Enqueue(string key, Func<CancellationToken, Task> work) => Add(key, new(work, isReplaceable: false));

    /// <summary>
    /// The same, but work added in this way last and not begun yet is replaced: for work that looks at the present state, so that once is enough
    /// however often it is asked for.
    /// </summary>
    public void EnqueueLatest(string key, Func<CancellationToken, Task> work) => Add(key, new(work, isReplaceable: true));

    /// <summary>Drops what has not begun, asks what runs to stop and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return;
            }

            _isStopping = true;
            _ready.Clear();
            if (_workers == 0)
            {
                _stopped.TrySetResult();
            }
        }

        await _stopping.CancelAsync();
        await _stopped.Task;
        _stopping.Dispose();
    }

    private void Add(string key, Item item)
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return;
            }

            if (!_waiting.TryGetValue(key, out var items))
            {
                _waiting.Add(key, items = new());
                _ready.Enqueue(key);
            }
            else if (item.IsReplaceable && items.Last?.Value is { IsReplaceable: true } last)
            {
                last.Work = item.Work;
                return;
            }

            items.AddLast(item);
            if (_workers < parallelism && _ready.Count > 0)
            {
                _workers++;
                _ = Task.Run(WorkAsync);
            }
        }
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var key, out var item))
        {
            await RunAsync(key, item);
            Finish(key);
        }
    }

    private bool TryTake(out string key, out Item item)
    {
        lock (_lock)
        {
            if (_ready.TryDequeue(out key!))
            {
                item = _waiting[key].First!.Value;
                _waiting[key].RemoveFirst();
                return true;
            }

            _workers--;
            if (_workers == 0 && _isStopping)
            {
                _stopped.TrySetResult();
            }

            item = null!;
            return false;
        }
    }

    private void Finish(string key)
    {
        lock (_lock)
        {
            if (_waiting[key].Count == 0)
            {
                _waiting.Remove(key);
            }
            else if (!_isStopping)
            {
                _ready.Enqueue(key);
            }
        }
    }

    private async Task RunAsync(string key, Item item)
    {
        try
        {
            await item.Work(_stopping.Token);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (RefusedException refused)
        {
            LogRefused(name, key, refused.Refusal.Code);
        }
        catch (Exception exception)
        {
            LogFailed(exception, name, key);
        }
    }

    private sealed class Item(Func<CancellationToken, Task> work, bool isReplaceable)
    {
        public Func<CancellationToken, Task> Work { get; set; } = work;

        public bool IsReplaceable => isReplaceable;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Background work of {Queue} for {Key} was refused ({Code}) and is dropped; later work for it goes on.")]
    private partial void LogRefused(string queue, string key, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Background work of {Queue} for {Key} failed and is dropped; later work for it goes on.")]
    private partial void LogFailed(Exception exception, string queue, string key);
}
